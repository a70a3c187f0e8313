import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { dayText } from '../../src/kernel/dates.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { countDays, gapsWithin, peak as peakOf, unionDays } from '../../src/measures/day-sets.ts'
import { personIdAt } from '../people/view.ts'
import { certainDays, periodOf, periodParams } from './period.ts'
import { known } from './roster-on.ts'
import { leavingOut, optionalCircle, optionalRole, rosterReads, selectionOf } from './selecting.ts'

export const vacancy = defineQuestion({
  name: 'vacancy',
  summary: 'On how many days of a period nobody (for certain) held a role, and when.',
  reads: rosterReads,
  params: z.strictObject({ ...optionalRole, ...optionalCircle, ...periodParams }),
  answer: classed(
    1,
    z.object({ days: z.int(), stretches: z.array(z.object({ from: z.string(), through: z.string(), days: z.int() })) }),
  ),
  timed: false,
  public: true,
  http: { path: '/vacancy' },
  cli: { verb: 'vacancy', positional: ['role', 'circle'] },
  rows: ({ stretches }) => stretches,
  ask(views, params, context) {
    const period = periodOf(params)
    if (isRefusal(period)) return period
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const held = unionDays(
      known(views.roster, selection, context.revision).map((version) => certainDays(version, period.to)),
    )
    const gaps = gapsWithin(held, period.from, period.to)
    const stretches = gaps.map(({ from, to }) => ({ from: dayText(from), through: dayText(to - 1), days: to - from }))
    return { days: countDays(gaps), stretches }
  },
})

export const peak = defineQuestion({
  name: 'peak',
  summary: 'The most people who held a role at once in a period, and the first day they were so many.',
  reads: rosterReads,
  params: z.strictObject({ ...optionalRole, ...optionalCircle, ...leavingOut, ...periodParams }),
  answer: classed(1, z.object({ most: z.int(), firstDay: z.string().nullable() })),
  timed: false,
  public: true,
  http: { path: '/peak' },
  cli: { verb: 'peak', positional: ['role', 'circle'] },
  ask(views, params, context) {
    const period = periodOf(params)
    if (isRefusal(period)) return period
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const spans = known(views.roster, selection, context.revision).map((version) => ({
      who: personIdAt(views.people, version.fact.personId, context.revision),
      ...certainDays(version, period.to),
    }))
    const { most, firstDay } = peakOf(spans, period.from, period.to)
    return { most, firstDay: firstDay === null ? null : dayText(firstDay) }
  },
})
