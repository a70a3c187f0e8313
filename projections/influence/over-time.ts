import type { InfluenceParameters, InfluenceStep } from '../../commands/influence/component-facts.ts'
import { addStep, emptyLevel, type Level, levelAt } from '../../src/measures/influence.ts'
import { type Counting, type InfluenceViews, parametersAt, resolver } from './asked-influence.ts'
import { isInScope } from './counted.ts'
import type { Population } from './population.ts'
import { populationsOver } from './presence.ts'

/** Everybody's influence at one of several moments, as a sum. */
export interface Sample {
  readonly t: number
  readonly population: Population
  /** Of everybody in the population. */
  readonly influence: ReadonlyMap<string, number>
  readonly baseline: number
}

/**
 * Everybody's influence at moments in ascending order (ms), in one pass over what brought it: each step is added once,
 * where the rules about influence did not change between the moments.
 */
export function* influenceOver(
  views: InfluenceViews,
  counting: Counting,
  moments: readonly number[],
  revision: number,
): Generator<Sample> {
  const populationOf = populationsOver(views, counting, revision)
  const resolve = resolver(views.people, { asOf: 0, revision })
  let pass: Pass | undefined
  for (const t of moments) {
    const { parameters, policyVersion } = parametersAt(views, counting, { asOf: t, revision })
    if (pass?.policyVersion !== policyVersion) pass = new Pass(views, counting, revision, parameters, policyVersion)
    const population = populationOf(t)
    yield { t, population, influence: pass.at(t, population, resolve), baseline: parameters.baseline }
  }
}

class Pass {
  readonly policyVersion: number
  readonly #steps: readonly InfluenceStep[]
  readonly #halfLife: number
  readonly #fades: boolean
  readonly #levels = new Map<string, Level>()
  #next = 0

  constructor(
    { influence }: InfluenceViews,
    counting: Counting,
    revision: number,
    parameters: InfluenceParameters,
    policyVersion: number,
  ) {
    this.policyVersion = policyVersion
    this.#halfLife = parameters.halfLife ?? Number.POSITIVE_INFINITY
    this.#fades = parameters.halfLife !== undefined
    const { component } = counting
    this.#steps = influence.live.facts
      .steps(revision, parameters)
      .filter((step) => isInScope(step, counting) && (component === undefined || step.component === component))
      .sort((a, b) => a.at - b.at)
  }

  at(t: number, population: Population, resolve: (personId: string) => string): ReadonlyMap<string, number> {
    for (let step = this.#steps[this.#next]; step && step.at <= t; step = this.#steps[this.#next]) {
      const personId = resolve(step.personId)
      const level = this.#levels.get(personId) ?? emptyLevel()
      addStep(level, this.#fades ? step : { ...step, decaying: 0 }, this.#halfLife)
      this.#levels.set(personId, level)
      this.#next += 1
    }
    const influence = new Map<string, number>()
    for (const personId of population.ids) {
      const level = this.#levels.get(personId)
      influence.set(personId, level ? levelAt(level, t, this.#halfLife) : 0)
    }
    return influence
  }
}

/** The voices of a sample: influence and the baseline. */
export function voicesIn({ influence, baseline }: Sample): ReadonlyMap<string, number> {
  return new Map([...influence].map(([personId, value]) => [personId, value + baseline]))
}

/** How many times the mean voice each person's is; nobody's where nobody has a voice. */
export function multiplesIn(sample: Sample): ReadonlyMap<string, number> {
  const voices = voicesIn(sample)
  let total = 0
  for (const voice of voices.values()) total += voice
  return total > 0
    ? new Map([...voices].map(([personId, voice]) => [personId, (voices.size * voice) / total]))
    : new Map()
}
