import { z } from 'zod'
import { COMPONENTS, type Component, type InfluenceParameters } from '../../commands/influence/component-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { concentration } from '../../src/measures/concentration.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { NOT_SEEN } from '../roster/figures.ts'
import { countingOf, countingParams, influenceReads, scopeParams } from './asked-influence.ts'
import { countedAt, isInScope, overPopulation, vectorsFrom, voicesOf } from './counted.ts'

const figure = z.number().nullable()
const variant = z.object({
  component: z.enum(COMPONENTS),
  factor: z.number(),
  giniCorrected: figure,
  effectivePeople: figure,
  topThreeChange: z.boolean().meta({ description: 'Whether other people than now would be the three with most' }),
})

export const influenceSensitivity = defineQuestion({
  name: 'influence-sensitivity',
  summary:
    'How far the figures hang on the weights, which are opinions: each weight half more and half less, and whether the three with most would be others.',
  reads: influenceReads,
  params: z.strictObject({ ...countingParams, ...scopeParams }),
  answer: classed(
    1,
    z.object({
      giniCorrected: figure,
      effectivePeople: figure,
      variants: z.array(variant),
      topThreeChange: z
        .boolean()
        .meta({ description: 'Whether any of the weights decides who the three with most are' }),
      notSeen: z.string(),
    }),
  ),
  timed: true,
  public: false,
  http: { path: '/influence/sensitivity' },
  cli: { verb: 'influence-sensitivity' },
  rows: ({ variants }) => variants,
  ask(views, asked, context) {
    const counting = countingOf(views, asked, context)
    if (isRefusal(counting)) return counting
    const counted = countedAt(views, counting, context)
    const voicesWith = (parameters: InfluenceParameters) => {
      const steps = views.influence.live.facts.steps(context.revision, parameters)
      const raw = vectorsFrom(
        steps.filter((step) => isInScope(step, counting)),
        context.asOf,
        parameters,
      )
      const vectors = overPopulation(views, counted.population, raw, counting, context)
      return voicesOf({ ...counted, vectors })
    }
    const usual = voicesOf(counted)
    const now = topThree(usual)
    const variants = COMPONENTS.flatMap((component) =>
      [0.5, 1.5].map((factor) => {
        const voices = voicesWith(withWeight(counted.parameters, component, factor))
        const { giniCorrected, hill } = concentration([...voices.values()])
        return {
          component,
          factor,
          giniCorrected: round6(giniCorrected),
          effectivePeople: round6(hill.n2),
          topThreeChange: !sameSet(topThree(voices), now),
        }
      }),
    )
    const { giniCorrected, hill } = concentration([...usual.values()])
    return {
      giniCorrected: round6(giniCorrected),
      effectivePeople: round6(hill.n2),
      variants,
      topThreeChange: variants.some(({ topThreeChange }) => topThreeChange),
      notSeen: NOT_SEEN,
    }
  },
})

function withWeight(parameters: InfluenceParameters, component: Component, factor: number): InfluenceParameters {
  const { weights } = parameters
  return { ...parameters, weights: { ...weights, [component]: weights[component] * factor } }
}

/** The three with most; with a tie at the third place, all of those who share it; nobody where all have the same. */
function topThree(voices: ReadonlyMap<string, number>): ReadonlySet<string> {
  const sorted = [...voices].sort(([, a], [, b]) => b - a)
  const third = sorted[Math.min(2, sorted.length - 1)]?.[1] ?? 0
  const top = sorted.filter(([, voice]) => voice >= third * (1 - 1e-9)).map(([personId]) => personId)
  return new Set(top.length === sorted.length ? [] : top)
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && a.isSubsetOf(b)
}
