import { z } from 'zod'
import { COMPONENTS, type Component } from '../../commands/influence/component-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import type { AskContext } from '../../src/kernel/define-question.ts'
import { concentration } from '../../src/measures/concentration.ts'
import { multiple } from '../../src/measures/influence.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import type { PeopleView } from '../people/view.ts'
import { figures, figuresOf } from '../roster/figures.ts'
import { POPULATIONS } from './asked-influence.ts'
import { type Counted, isFormal, sumOf, type Vector, voicesOf } from './counted.ts'

const amount = z.number()
const kinds = z
  .object(Object.fromEntries(COMPONENTS.map((component) => [component, amount.optional()])))
  .meta({ description: 'Influence by kind; what is not there is 0' })

/** One person's influence, as far as whoever asks may see it. */
export const personInfluence = classed(
  1,
  z.object({
    person: personRef,
    influence: kinds,
    formal: amount.meta({ description: 'By offices everybody can see: roles, learning a role, hosting' }),
    informal: amount.nullable().meta({ description: 'All other; null where it is not shown' }),
    voice: amount.nullable().meta({ description: 'Influence and the baseline everybody has; null where not shown' }),
    share: amount.nullable().meta({ description: 'Of all voices; null where not shown' }),
    lambda: amount.nullable().meta({ description: 'How many times the mean voice; null where not shown' }),
  }),
)
export type PersonInfluence = z.output<typeof personInfluence>

/** How the figures were counted: enough to count them again. */
export const counting = classed(
  1,
  z.object({
    population: z.enum(POPULATIONS),
    weights: z.record(z.string(), z.number()).nullable().meta({ description: 'null: each role held counts 1' }),
    halfLifeDays: z.number().nullable().meta({ description: 'null: what is over leaves nothing' }),
    baseline: z.number(),
    policyVersion: z.int(),
  }),
)

export function countingAnswer({ population, parameters, policyVersion }: Counted): z.output<typeof counting> {
  const { weights, halfLife, baseline, unit } = parameters
  return {
    population: population.kind,
    weights: unit ? null : { ...weights },
    halfLifeDays: halfLife === undefined ? null : halfLife / DAY_MS,
    baseline,
    policyVersion,
  }
}

/** People below this number could be told from figures about all of them. */
const FEWEST = 5

/** How voices are spread, and without the baseline: nobody can hide behind it. */
export const spread = { concentration: figures, withoutBaseline: figures }

export function spreadOf(counted: Counted): {
  readonly concentration: z.output<typeof figures>
  readonly withoutBaseline: z.output<typeof figures>
} {
  return {
    concentration: shownFigures(counted, voicesOf(counted)),
    withoutBaseline: shownFigures(counted, voicesOf(counted, 0)),
  }
}

/** Whether figures about so few people would tell of one of them, where a community shows figures alone. */
export function tellsOfOne(visibility: string, people: number): boolean {
  return visibility === 'aggregate' && people > 0 && people < FEWEST
}

function shownFigures({ policies }: Counted, voices: ReadonlyMap<string, number>): z.output<typeof figures> {
  const hidden = tellsOfOne(policies.influenceVisibility, voices.size)
  const found = concentration(hidden ? [] : [...voices.values()])
  return hidden ? { ...figuresOf(found), people: voices.size, reason: 'fewer-than-five' } : figuresOf(found)
}

/** One person's influence for somebody who may see all of it, or the formal part alone. */
export function personAnswer(
  people: PeopleView,
  personId: string,
  vector: Vector,
  all: { readonly total: number; readonly people: number; readonly baseline: number } | undefined,
  context: AskContext,
): PersonInfluence {
  const seen = (component: Component) => all !== undefined || isFormal(component)
  const influence = Object.fromEntries(
    COMPONENTS.flatMap((component) => {
      const value = vector.get(component) ?? 0
      return value > 0 && seen(component) ? [[component, round6(value) ?? 0]] : []
    }),
  )
  const voice = all && sumOf(vector) + all.baseline
  return {
    person: refOf(people, personId, context),
    influence,
    formal: round6(sumOf(vector, isFormal)) ?? 0,
    informal: all ? round6(sumOf(vector, (component) => !isFormal(component))) : null,
    voice: voice === undefined ? null : round6(voice),
    share: voice === undefined || all === undefined ? null : round6(all.total > 0 ? voice / all.total : null),
    lambda: voice === undefined || all === undefined ? null : round6(multiple(voice, all.total, all.people)),
  }
}

/** What the multiples of voices are over. */
export function totalsOf(counted: Counted): { total: number; people: number; baseline: number } {
  let total = 0
  for (const voice of voicesOf(counted).values()) total += voice
  return { total, people: counted.population.ids.length, baseline: counted.parameters.baseline }
}
