import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { type Concentration, concentration } from '../../src/measures/concentration.ts'
import { persistence, turnover } from '../../src/measures/movement.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { NOT_SEEN } from '../roster/figures.ts'
import { answeringAt } from './answering.ts'
import { BY_THE_RULES, type InfluenceViews, influenceReads } from './asked-influence.ts'
import { type Counted, countedAt, voicesOf } from './counted.ts'
import { influenceOver, multiplesIn, type Sample, voicesIn } from './over-time.ts'

/** Conventions: no source gives limits for communities of this size, so a signal is a question and nothing more. */
const UNEVEN = 0.6
const LOUD = 3
const FEWEST_PEOPLE = 4
const OFTEN = 0.75
const MOVING = 0.2
const LOOK_BACK_DAYS = 182

const signal = z.object({
  kind: z.enum(['watch', 'attend', 'moving']),
  about: z.enum(['concentration', 'accountability']),
  question: z.string(),
})
type Signal = z.output<typeof signal>
const figure = z.number().nullable()

export const influenceSignals = defineQuestion({
  name: 'influence-signals',
  summary: 'What the figures make worth asking: how few carry how much, for how long the same, and whether it moves.',
  reads: influenceReads,
  params: z.strictObject({}),
  answer: classed(
    1,
    z.object({
      signals: z.array(signal),
      evenness: figure,
      nakamoto: figure,
      largestMultiple: figure,
      turnover: figure.meta({ description: 'How much of all voices moved in the last 182 days, 0 to 1' }),
      longestHigh: figure.meta({
        description:
          'The largest share of the days looked at on which one person had twice the mean voice; null below 30 days',
      }),
      daysLookedAt: z.int(),
      notSeen: z.string(),
    }),
  ),
  timed: true,
  public: false,
  http: { path: '/influence/signals' },
  cli: { verb: 'signals' },
  rows: ({ signals }) => signals,
  ask(views, _, context) {
    const counted = countedAt(views, BY_THE_RULES, context)
    const voices = voicesOf(counted)
    const spread = concentration([...voices.values()])
    const days = daysBefore(views, counted, context)
    const lasting = persistence(days.map((sample) => ({ influence: sample.influence, multiples: multiplesIn(sample) })))
    const longestHigh = lasting && Math.max(0, ...lasting.high.values())
    const moved = movedBefore(views, days, voices, context)
    const largestMultiple = spread.topShare === null ? null : spread.topShare * spread.n
    const moving = moved !== null && moved >= MOVING * (1 - 1e-9)
    const signals = [
      // What is high and moves is for a time: that is asked instead.
      ...(moving ? [MOVES] : [...watching(spread, largestMultiple), ...lasts(longestHigh)]),
      ...(hasLastingGap(views, counted, days, context) ? [LACKS_A_PARTNER] : []),
    ]
    return {
      signals,
      evenness: round6(spread.evenness),
      nakamoto: spread.nakamoto,
      largestMultiple: round6(largestMultiple),
      turnover: round6(moved),
      longestHigh: round6(longestHigh),
      daysLookedAt: days.length,
      notSeen: NOT_SEEN,
    }
  },
})

function watching({ n, evenness, nakamoto }: Concentration, largestMultiple: number | null): readonly Signal[] {
  const few = evenness !== null && evenness < UNEVEN
  const loud = largestMultiple !== null && largestMultiple >= LOUD * (1 - 1e-9)
  const one = nakamoto === 1 && n >= FEWEST_PEOPLE
  if (!few && !loud && !one) return []
  const question = one
    ? 'One person carries more than half of all influence. Who could share some of it?'
    : 'A few people carry much of the influence. Is that for a time, and who could share some of it?'
  return [{ kind: 'watch', about: 'concentration', question }]
}

const MOVES: Signal = {
  kind: 'moving',
  about: 'concentration',
  question: 'Influence has moved much lately. Is it moving to where you want it?',
}
const LACKS_A_PARTNER: Signal = {
  kind: 'attend',
  about: 'accountability',
  question: 'Somebody who carries much would like one more person to answer to. You?',
}

function lasts(longestHigh: number | null): readonly Signal[] {
  if (longestHigh === null || longestHigh < OFTEN * (1 - 1e-9)) return []
  const question = 'The same person has carried much for most of the time. Whose turn could it be?'
  return [{ kind: 'attend', about: 'concentration', question }]
}

/** Whether somebody of the high bands has answered to fewer people than asked, for longer than the grace. */
function hasLastingGap(views: InfluenceViews, counted: Counted, days: readonly Sample[], context: AskContext): boolean {
  const { accountabilityGapDays, bands } = counted.policies
  const lacking = answeringAt(views, counted, context).filter(
    ({ band, have, required }) => (band === 'high' || band === 'veryHigh') && have < required,
  )
  if (lacking.length === 0) return false
  const earlier = { asOf: context.asOf - accountabilityGapDays * DAY_MS, revision: context.revision }
  const then = new Map(
    answeringAt(views, countedAt(views, BY_THE_RULES, earlier), earlier).map((each) => [each.personId, each]),
  )
  const lately = days.filter(({ t }) => t > earlier.asOf).map(multiplesIn)
  return lacking.some(({ personId }) => {
    const before = then.get(personId)
    const wasLacking = before !== undefined && before.lambda >= bands.high && before.have < before.required
    return wasLacking && lately.every((multiples) => (multiples.get(personId) ?? 0) >= bands.high)
  })
}

/** One sample a day before the moment, as far back as the longest term goes and somebody was there. */
function daysBefore(views: InfluenceViews, { policies }: Counted, { asOf, revision }: AskContext): readonly Sample[] {
  const since = Math.max(asOf - policies.maxTermDays * DAY_MS, beginningOf(views, revision))
  const days: number[] = []
  for (let day = Math.ceil(since / DAY_MS) * DAY_MS; day < asOf; day += DAY_MS) days.push(day)
  return [...influenceOver(views, BY_THE_RULES, days, revision)]
}

/** When somebody first joined; where nobody did, when the first record was made. */
function beginningOf({ people, policies }: InfluenceViews, revision: number): number {
  let first = policies.versions[0]?.at ?? Number.POSITIVE_INFINITY
  for (const { memberships } of people.people.values())
    for (const { joined } of memberships) if (joined.revision <= revision) first = Math.min(first, joined.at)
  return first
}

function movedBefore(
  views: InfluenceViews,
  days: readonly Sample[],
  voices: ReadonlyMap<string, number>,
  { asOf, revision }: AskContext,
): number | null {
  const [first] = days
  if (!first) return voices.size === 0 ? null : 0
  const since = Math.max(asOf - LOOK_BACK_DAYS * DAY_MS, first.t)
  const [then] = influenceOver(views, BY_THE_RULES, [since], revision)
  return then ? turnover(voicesIn(then), voices) : null
}
