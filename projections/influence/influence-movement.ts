import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { type Persistence, persistence, turnover } from '../../src/measures/movement.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { NOT_SEEN } from '../roster/figures.ts'
import { inOrder } from '../roster/in-order.ts'
import { periodOf, periodParams } from '../roster/period.ts'
import {
  countingOf,
  countingParams,
  type InfluenceViews,
  influenceReads,
  parametersAt,
  scopeParams,
} from './asked-influence.ts'
import { influenceOver, multiplesIn, voicesIn } from './over-time.ts'

const figure = z.number().nullable()
const lasting = classed(
  1,
  z.object({
    person: personRef,
    onTop: z.number().meta({ description: 'Share of the days on which nobody had more and not all had the same' }),
    high: z.number().meta({ description: 'Share of the days on which they had at least twice the mean voice' }),
  }),
)

export const influenceMovement = defineQuestion({
  name: 'influence-movement',
  summary: 'How much influence moved between two days, and for how long the same people were on top in between.',
  reads: influenceReads,
  params: z.strictObject({ ...periodParams, ...countingParams, ...scopeParams }),
  answer: classed(
    1,
    z.object({
      turnover: figure.meta({ description: 'Share of all voices that moved from the first to the last day, 0 to 1' }),
      days: z.int(),
      mostOnTop: figure.meta({ description: 'The largest share of days of one person; null below 30 days' }),
      mostHigh: figure,
      people: z.array(lasting).meta({ description: 'By name; none unless the community shows whose influence it is' }),
      reason: z.string().nullable(),
      notSeen: z.string(),
    }),
  ),
  timed: false,
  public: false,
  http: { path: '/influence/movement' },
  cli: { verb: 'influence-movement', positional: ['from', 'through'] },
  rows: ({ people }) =>
    people.map(({ person, onTop, high }) => ({ name: person.name, handle: person.handle, onTop, high })),
  ask(views, asked, context) {
    const period = periodOf(asked)
    if (isRefusal(period)) return period
    const counting = countingOf(views, asked, context)
    if (isRefusal(counting)) return counting
    const moments = Array.from({ length: period.to - period.from }, (_, i) => (period.from + i) * DAY_MS)
    const samples = [...influenceOver(views, counting, moments, context.revision)]
    const [first, last] = [samples[0], samples.at(-1)]
    const found = persistence(samples.map((each) => ({ influence: each.influence, multiples: multiplesIn(each) })))
    return {
      turnover: first && last ? round6(turnover(voicesIn(first), voicesIn(last))) : null,
      days: samples.length,
      mostOnTop: found && round6(Math.max(0, ...found.top.values())),
      mostHigh: found && round6(Math.max(0, ...found.high.values())),
      people: found ? lastingPeople(views, found, context) : [],
      reason: found ? null : 'fewer-than-30-days',
      notSeen: NOT_SEEN,
    }
  },
})

function lastingPeople(views: InfluenceViews, { top, high }: Persistence, context: AskContext) {
  const { policies } = parametersAt(views, { unit: false, decay: undefined, baseline: undefined }, context)
  if (policies.influenceVisibility !== 'named') return []
  const people = [...new Set([...top.keys(), ...high.keys()])].map((personId) => ({
    person: refOf(views.people, personId, context),
    onTop: round6(top.get(personId) ?? 0) ?? 0,
    high: round6(high.get(personId) ?? 0) ?? 0,
  }))
  return [...inOrder(people, ({ person }) => [person.name ?? '', person.id])]
}
