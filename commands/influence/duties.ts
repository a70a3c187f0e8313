import { type Band, bandOf, dutyMultiple } from '../../src/measures/influence.ts'
import { WITHOUT_DUTIES } from './component-facts.ts'
import { type RequiredPartners, requiredPartners } from './partner-facts.ts'
import { type InfluenceState, idsOf } from './state.ts'

/** What a person's influence, and what they are about to carry, ask of them. */
export interface Duties extends RequiredPartners {
  /** How many times the mean voice theirs is, dissent and care left out; not rounded. 0 where nobody has a voice. */
  readonly lambda: number
  readonly band: Band
}

/** What somebody is about to take on. */
export interface TakingOn {
  /** By how much their level would rise: the weight of the role, or their share of it. 0 for what they carry already. */
  readonly delta?: number
  /** The weight of the role; none where it is about no role. */
  readonly weight?: number
}

/**
 * What a member's influence asks of them at a moment (ms) that is not before the last decision, with what they are about
 * to take on: n·(v′ + Δ)/(Σv − v + v′ + Δ), v′ being their voice without their dissent and care. O(1).
 */
export function dutiesOf(
  state: InfluenceState,
  personId: string,
  now: number,
  { delta = 0, weight = 0 }: TakingOn = {},
): Duties {
  const { live, policies, members } = state
  const people = members.size
  const ids = idsOf(state, personId)
  const influence = ids.reduce((sum, id) => sum + live.totalOf(id, now), 0)
  let exempt = 0
  for (const id of ids)
    for (const [component, value] of live.vectorOf(id, now)) if (WITHOUT_DUTIES.has(component)) exempt += value
  const { baselineVoice, bands } = policies
  const total = live.sumAt(now) + people * baselineVoice
  const lambda = dutyMultiple(influence + baselineVoice, exempt, total, people, delta) ?? 0
  const band = bandOf(lambda, bands)
  return { lambda, band, ...requiredPartners(policies, band, weight) }
}
