import type { Policies } from '../../commands/community/policy-table.ts'
import {
  COMPONENTS,
  type Component,
  FORMAL,
  type InfluenceParameters,
  type InfluenceStep,
} from '../../commands/influence/component-facts.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { addStep, emptyLevel, type Level, levelAt } from '../../src/measures/influence.ts'
import { policiesAt } from '../policies/projection.ts'
import { type Counting, type InfluenceViews, parametersAt, resolver } from './asked-influence.ts'
import { type Population, populationAt } from './population.ts'

/** Influence by kind; what is not there is 0. */
export type Vector = ReadonlyMap<Component, number>

/** Everybody's influence at a point. */
export interface Counted {
  readonly population: Population
  readonly vectors: ReadonlyMap<string, Vector>
  readonly parameters: InfluenceParameters
  readonly policies: Policies
  readonly policyVersion: number
}

/** Counts everybody's influence at a point. What is asked about as it stands is not computed anew. */
export function countedAt(
  views: InfluenceViews,
  counting: Counting,
  point: Point & { readonly now?: number },
): Counted {
  const { parameters, policies, policyVersion } = parametersAt(views, counting, point)
  const population = populationAt(views, counting, point)
  const raw = asItStands(views, counting, point) ?? recounted(views, counting, parameters, point)
  const vectors = overPopulation(views, population, raw, counting, point)
  return { population, vectors, parameters, policies, policyVersion }
}

/** The vectors of a population: of everybody in it, with the history they claimed, and of nobody else. */
export function overPopulation(
  { people }: InfluenceViews,
  { ids }: Population,
  raw: ReadonlyMap<string, Vector>,
  { component: only }: Counting,
  point: Point,
): ReadonlyMap<string, Vector> {
  const resolve = resolver(people, point)
  const vectors = new Map(ids.map((personId) => [personId, new Map<Component, number>()]))
  for (const [personId, vector] of raw) {
    const own = vectors.get(resolve(personId))
    if (!own) continue
    for (const [component, value] of vector)
      if (only === undefined || component === only) own.set(component, (own.get(component) ?? 0) + value)
  }
  return vectors
}

function asItStands(views: InfluenceViews, counting: Counting, point: Point & { readonly now?: number }) {
  const { influence, policies } = views
  const { asOf, revision, now = Number.NEGATIVE_INFINITY } = point
  const { unit, decay, circleId, invitationId } = counting
  const byTheRules = !unit && decay === undefined && circleId === undefined && invitationId === undefined
  const newestRules = policiesAt(policies, point).revision === (policies.versions.at(-1)?.revision ?? -1)
  if (!byTheRules || !newestRules || revision < influence.last || asOf > now) return undefined
  return influence.live.reaches(asOf) ? influence.live.vectors(asOf) : undefined
}

function recounted(
  { influence }: InfluenceViews,
  counting: Counting,
  parameters: InfluenceParameters,
  { asOf, revision }: Point,
): ReadonlyMap<string, Vector> {
  const steps = influence.live.facts.steps(revision, parameters).filter((step) => isInScope(step, counting))
  return vectorsFrom(steps, asOf, parameters)
}

/** What steps come to at a moment, by person and kind: those that are later are none yet. */
export function vectorsFrom(
  steps: readonly InfluenceStep[],
  t: number,
  parameters: InfluenceParameters,
): ReadonlyMap<string, Vector> {
  const sums = new Sums(parameters)
  for (const step of steps) if (step.at <= t) sums.add(step)
  return sums.vectors(t)
}

/** Whether a step is about what was asked about. */
export function isInScope(step: InfluenceStep, { circleId, invitationId }: Counting): boolean {
  return (
    (circleId === undefined || step.circleId === circleId) &&
    (invitationId === undefined || step.invitationId === invitationId)
  )
}

/** Steps added up, by person and kind. */
class Sums {
  readonly #levels = new Map<string, Map<Component, Level>>()
  readonly #halfLife: number
  readonly #fades: boolean

  constructor({ halfLife }: InfluenceParameters) {
    this.#halfLife = halfLife ?? Number.POSITIVE_INFINITY
    this.#fades = halfLife !== undefined
  }

  add(step: InfluenceStep): void {
    const levels = this.#levels.get(step.personId) ?? new Map<Component, Level>()
    const level = levels.get(step.component) ?? emptyLevel()
    addStep(level, this.#fades ? step : { ...step, decaying: 0 }, this.#halfLife)
    this.#levels.set(step.personId, levels.set(step.component, level))
  }

  vectors(t: number): ReadonlyMap<string, Vector> {
    return new Map(
      [...this.#levels].map(([personId, levels]) => [
        personId,
        new Map([...levels].map(([component, level]) => [component, levelAt(level, t, this.#halfLife)])),
      ]),
    )
  }
}

/** The sum of a vector, of all kinds or of some. */
export function sumOf(vector: Vector | undefined, of: (component: Component) => boolean = () => true): number {
  let sum = 0
  for (const component of COMPONENTS) if (of(component)) sum += vector?.get(component) ?? 0
  return sum
}

export const isFormal = (component: Component): boolean => FORMAL.has(component)

/** Everybody's voice: influence and the baseline. */
export function voicesOf(
  { vectors, parameters }: Counted,
  baseline = parameters.baseline,
): ReadonlyMap<string, number> {
  return new Map([...vectors].map(([personId, vector]) => [personId, sumOf(vector) + baseline]))
}
