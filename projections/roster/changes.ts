import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS, type DateBounds } from '../../src/kernel/dates.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { personRef } from '../people/person-refs.ts'
import { distinctPeople } from './holding-answers.ts'
import { type Period, periodOf, periodParams } from './period.ts'
import { known } from './roster-on.ts'
import { leavingOut, optionalCircle, optionalRole, rosterReads, selectionOf } from './selecting.ts'

const params = z.strictObject({ ...optionalRole, ...optionalCircle, ...leavingOut, ...periodParams })

export const changes = defineQuestion({
  name: 'changes',
  summary: 'Who began and who ceased to hold a role in a period, by the dates of their holdings; both days included.',
  reads: rosterReads,
  params,
  answer: classed(1, z.object({ began: z.array(personRef), ceased: z.array(personRef) })),
  timed: false,
  public: true,
  http: { path: '/changes' },
  cli: { verb: 'changes', positional: ['role', 'circle'] },
  rows: ({ began, ceased }) => [
    ...began.map(({ name, handle }) => ({ change: 'began', name, handle })),
    ...ceased.map(({ name, handle }) => ({ change: 'ceased', name, handle })),
  ],
  ask(views, asked, context) {
    const period = periodOf(asked)
    if (isRefusal(period)) return period
    const selection = selectionOf(views, asked, context)
    if (isRefusal(selection)) return selection
    const held = known(views.roster, selection, context.revision)
    return {
      began: distinctPeople(
        views,
        held.filter(({ from }) => liesIn(from, period)),
        context,
      ),
      ceased: distinctPeople(
        views,
        held.filter(({ to }) => liesIn(to, period)),
        context,
      ),
    }
  },
})

export const changeCounts = defineQuestion({
  name: 'change-counts',
  summary: 'How many holdings began and how many ended in a period; both days included.',
  reads: rosterReads,
  params,
  answer: classed(1, z.object({ starts: z.int(), ends: z.int() })),
  timed: false,
  public: true,
  http: { path: '/changes/counts' },
  cli: { verb: 'change-counts' },
  ask(views, asked, context) {
    const period = periodOf(asked)
    if (isRefusal(period)) return period
    const selection = selectionOf(views, asked, context)
    if (isRefusal(selection)) return selection
    const held = known(views.roster, selection, context.revision)
    return {
      starts: held.filter(({ from }) => liesIn(from, period)).length,
      ends: held.filter(({ to }) => liesIn(to, period)).length,
    }
  },
})

// A vague date lies in a period that covers all it may mean.
function liesIn({ earliest, latest }: DateBounds, { from, to }: Period): boolean {
  return earliest >= from * DAY_MS && earliest < to * DAY_MS && latest <= to * DAY_MS
}
