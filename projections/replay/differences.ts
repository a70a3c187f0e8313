import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion, type Point } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { auditEntry, entryOf } from '../audit-trail/entries.ts'
import { rosterReads } from '../roster/selecting.ts'
import { bearingEvents, bearingOf } from './bearing.ts'
import { differencesOf, rosterAt } from './differing.ts'
import { Explaining, explained } from './explaining.ts'
import { rowOf } from './replay-window.ts'
import { scopeOf, scopeParams, selectionAt } from './scope.ts'
import { pointAnswer, pointAnswerOf, secondPoint, secondPointParams, twoPointsCli } from './second-point.ts'

export const differences = defineQuestion({
  name: 'differences',
  summary:
    "In what two points of both axes differ, and by which events: applied to the roster of the first, it gives that of the second. The first point is the question's own.",
  reads: rosterReads,
  params: z.strictObject({
    ...secondPointParams,
    ...scopeParams,
  }),
  answer: classed(
    1,
    z.object({
      first: pointAnswer,
      second: pointAnswer,
      differences: z.array(explained),
      same: z.int().meta({ description: 'How many holdings both have alike' }),
      events: z.array(auditEntry).meta({ description: 'The events that explain the differences' }),
    }),
  ),
  timed: true,
  public: false,
  http: { path: '/differences' },
  cli: { verb: 'differences', ...twoPointsCli },
  rows: ({ differences }) =>
    differences.map((each) => ({
      ...rowOf(each),
      events: each.because.map(({ type, revision }) => `${type} (${revision})`).join(', '),
    })),
  async ask(views, params, context) {
    const first: Point = { asOf: context.asOf, revision: context.revision }
    const second = secondPoint(params, context)
    if (isRefusal(second)) return second
    // Names are looked up where the record knows most: whoever was not known yet at the other point held nothing there.
    const latest = { ...context, revision: Math.max(first.revision, second.revision) }
    const scope = scopeOf(views, params, latest)
    if (isRefusal(scope)) return scope
    const rosters = [first, second].map((at) => rosterAt(views, selectionAt(views, scope, at.revision), at, context))
    const [before = new Map(), after = new Map()] = rosters
    const found = differencesOf(before, after)
    const events = await bearingEvents(bearingOf(views, scope, latest.revision), latest)
    const differing = new Explaining(views, events).explain(found, first, second)
    const named = new Set(differing.flatMap(({ because }) => because.map(({ eventId }) => eventId)))
    return {
      first: pointAnswerOf(first),
      second: pointAnswerOf(second),
      differences: differing,
      same: [...before.keys()].filter((id) => after.has(id) && !found.some(({ holdingId }) => holdingId === id)).length,
      events: events
        .filter(({ event }) => named.has(event.id))
        .map(({ event, touches }) => entryOf(event, views, touches, latest)),
    }
  },
})
