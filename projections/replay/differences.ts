import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { instantText } from '../../src/kernel/dates.ts'
import { defineQuestion, type Point } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { momentForm } from '../../src/kernel/text.ts'
import { auditEntry, entryOf } from '../audit-trail/entries.ts'
import { rosterReads } from '../roster/selecting.ts'
import { bearingEvents, bearingOf } from './bearing.ts'
import { differencesOf, rosterAt } from './differing.ts'
import { Explaining, explained } from './explaining.ts'
import { rowOf } from './replay-window.ts'
import { scopeOf, scopeParams, selectionAt } from './scope.ts'

const point = z.object({ asOf: z.string(), atRevision: z.int() })

export const differences = defineQuestion({
  name: 'differences',
  summary:
    "In what two points of both axes differ, and by which events: applied to the roster of the first, it gives that of the second. The first point is the question's own.",
  reads: rosterReads,
  params: z.strictObject({
    thenAsOf: momentForm()
      .optional()
      .meta({ description: 'Moment of the second point; that of the first unless given' }),
    thenAsKnownAt: momentForm().optional().meta({ description: 'What was known by then; now unless given' }),
    thenAtRevision: z.int().min(0).optional(),
    ...scopeParams,
  }),
  answer: classed(
    1,
    z.object({
      first: point,
      second: point,
      differences: z.array(explained),
      same: z.int().meta({ description: 'How many holdings both have alike' }),
      events: z.array(auditEntry).meta({ description: 'The events that explain the differences' }),
    }),
  ),
  timed: true,
  public: false,
  http: { path: '/differences' },
  cli: {
    verb: 'differences',
    positional: ['asOf', 'thenAsOf'],
    aliases: { on: 'asOf', with: 'thenAsOf', 'with-known-by': 'thenAsKnownAt' },
  },
  rows: ({ differences }) =>
    differences.map((each) => ({
      ...rowOf(each),
      events: each.because.map(({ type, revision }) => `${type} (${revision})`).join(', '),
    })),
  async ask(views, params, context) {
    const other = context.pointAt(params.thenAsOf, params.thenAsKnownAt, params.thenAtRevision)
    if (isRefusal(other)) return other
    const first: Point = { asOf: context.asOf, revision: context.revision }
    const second: Point = params.thenAsOf === undefined ? { ...other, asOf: context.asOf } : other
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
      first: pointAnswer(first),
      second: pointAnswer(second),
      differences: differing,
      same: [...before.keys()].filter((id) => after.has(id) && !found.some(({ holdingId }) => holdingId === id)).length,
      events: events
        .filter(({ event }) => named.has(event.id))
        .map(({ event, touches }) => entryOf(event, views, touches, latest)),
    }
  },
})

function pointAnswer({ asOf, revision }: Point) {
  return { asOf: instantText(asOf), atRevision: revision }
}
