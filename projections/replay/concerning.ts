import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { rosterReads } from '../roster/selecting.ts'
import { bearingEvents, bearingOf } from './bearing.ts'
import { scopeOf, scopeParams } from './scope.ts'

export const concerning = defineQuestion({
  name: 'concerning',
  summary:
    'Every event of the open book that an answer about these people, roles and circles can rest on: with these alone one comes to the same answers.',
  reads: rosterReads,
  params: z.strictObject(scopeParams),
  answer: classed(
    1,
    z.object({
      people: z.array(z.string()),
      roles: z.array(z.string()),
      circles: z.array(z.string()),
      events: z.array(
        z.object({
          revision: z.int(),
          id: z.string(),
          type: z.string(),
          recordedAt: z.string(),
          effectiveAt: z.string(),
          hash: z.string(),
        }),
      ),
      count: z.int(),
    }),
  ),
  timed: false,
  public: false,
  http: { path: '/concerning' },
  rows: ({ events }) => events,
  async ask(views, params, context) {
    const scope = scopeOf(views, params, context)
    if (isRefusal(scope)) return scope
    const found = await bearingEvents(bearingOf(views, scope, context.revision), context)
    const events = found.map(({ event: { revision, id, type, recordedAt, effectiveAt } }) => {
      return { revision, id, type, recordedAt, effectiveAt, hash: context.hash(revision) ?? '' }
    })
    const { personIds = [], roleIds = new Set<string>(), circleIds = new Set<string>() } = scope
    return { people: [...personIds], roles: [...roleIds], circles: [...circleIds], events, count: events.length }
  },
})
