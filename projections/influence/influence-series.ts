import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS, dateBounds, dayText } from '../../src/kernel/dates.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal, type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { dayForm } from '../../src/kernel/text.ts'
import { type Concentration, concentration } from '../../src/measures/concentration.ts'
import { turnover } from '../../src/measures/movement.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { NOT_SEEN } from '../roster/figures.ts'
import {
  countingOf,
  countingParams,
  influenceReads,
  POPULATIONS,
  parametersAt,
  scopeParams,
} from './asked-influence.ts'
import { tellsOfOne } from './influence-answers.ts'
import { influenceOver, type Sample, voicesIn } from './over-time.ts'

const STEPS = ['day', 'week', 'month', 'quarter', 'year'] as const
const MOST_POINTS = 4000

const figure = z.number().nullable()
const few = {
  giniCorrected: figure,
  effectivePeople: figure.meta({ description: 'N2' }),
  evenness: figure.meta({ description: 'N2/n' }),
  topShare: figure,
  nakamoto: figure,
}
const seriesPoint = z.object({
  asOf: z.string(),
  population: z.enum(POPULATIONS),
  people: z.int(),
  ...few,
  withoutBaseline: z.object(few),
  turnover: figure.meta({ description: 'How much of all voices moved since the point before, 0 to 1' }),
  reason: z.string().nullable(),
})

export const influenceSeries = defineQuestion({
  name: 'influence-series',
  summary: 'How concentrated influence was over time: one point each day, week, month, quarter or year.',
  reads: influenceReads,
  params: z.strictObject({
    from: dayForm().meta({ description: 'First point' }),
    to: dayForm().meta({ description: 'No point is later than this day' }),
    step: z.enum(STEPS).default('month'),
    ...countingParams,
    ...scopeParams,
  }),
  answer: classed(1, z.object({ points: z.array(seriesPoint), count: z.int(), notSeen: z.string() })),
  timed: false,
  public: false,
  http: { path: '/influence/series' },
  cli: { verb: 'influence-series', positional: ['from', 'to'] },
  rows: ({ points }) =>
    points.map(({ withoutBaseline, ...point }) => ({
      ...point,
      giniWithoutBaseline: withoutBaseline.giniCorrected,
      effectiveWithoutBaseline: withoutBaseline.effectivePeople,
    })),
  ask(views, { from, to, step, ...asked }, context) {
    const moments = momentsOf(from, to, step)
    if (isRefusal(moments)) return moments
    const counting = countingOf(views, asked, context)
    if (isRefusal(counting)) return counting
    const points: z.output<typeof seriesPoint>[] = []
    let before: ReadonlyMap<string, number> | undefined
    for (const sample of influenceOver(views, counting, moments, context.revision)) {
      const voices = voicesIn(sample)
      const { policies } = parametersAt(views, counting, context)
      const hidden = tellsOfOne(policies.influenceVisibility, voices.size)
      points.push(hidden ? hiddenPoint(sample) : pointOf(sample, voices, before))
      before = voices
    }
    return { points, count: points.length, notSeen: NOT_SEEN }
  },
})

function pointOf(
  sample: Sample,
  voices: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number> | undefined,
): z.output<typeof seriesPoint> {
  const spread = concentration([...voices.values()])
  return {
    asOf: dayText(sample.t / DAY_MS),
    population: sample.population.kind,
    people: voices.size,
    ...fewOf(spread),
    withoutBaseline: fewOf(concentration([...sample.influence.values()])),
    turnover: before ? round6(turnover(before, voices)) : null,
    reason: spread.reason ?? null,
  }
}

function hiddenPoint(sample: Sample): z.output<typeof seriesPoint> {
  const none = pointOf({ ...sample, influence: new Map() }, new Map(), undefined)
  return { ...none, people: sample.influence.size, reason: 'fewer-than-five' }
}

function fewOf({ giniCorrected, hill, evenness, topShare, nakamoto }: Concentration) {
  return {
    giniCorrected: round6(giniCorrected),
    effectivePeople: round6(hill.n2),
    evenness: round6(evenness),
    topShare: round6(topShare),
    nakamoto,
  }
}

/** 00:00Z of each point; a month that has no such day takes its last. */
export function momentsOf(from: string, to: string, step: (typeof STEPS)[number]): readonly number[] | Refusal {
  const [first, last] = [dateBounds(from).earliest, dateBounds(to).earliest]
  if (last < first)
    return refuse('VALIDATION_FAILED', {
      pointer: '/to',
      facts: { from, to },
      message: '"to" must not be before "from".',
    })
  const moments: number[] = []
  for (let n = 0, t = first; t <= last; n += 1, t = momentAfter(first, step, n)) {
    if (moments.length === MOST_POINTS)
      return refuse('VALIDATION_FAILED', {
        pointer: '/step',
        facts: { most: MOST_POINTS },
        message: `That would be more than ${MOST_POINTS} points: take a longer step.`,
      })
    moments.push(t)
  }
  return moments
}

function momentAfter(first: number, step: (typeof STEPS)[number], n: number): number {
  if (step === 'day' || step === 'week') return first + n * (step === 'day' ? 1 : 7) * DAY_MS
  const months = n * (step === 'month' ? 1 : step === 'quarter' ? 3 : 12)
  const date = new Date(first)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate()]
  return Date.UTC(year, month, Math.min(day, new Date(Date.UTC(year, month + 1, 0)).getUTCDate()))
}
