import type { Band } from '../../src/measures/influence.ts'
import type { GuardMode } from '../community/policy-forms.ts'
import type { Policies } from '../community/policy-table.ts'

/** To how many people somebody is asked to answer, and why. */
export interface RequiredPartners {
  /** What their influence asks for. */
  readonly requiredByBand: number
  /** What they carry, or are about to carry, asks for. */
  readonly requiredByWeight: number
  readonly required: number
  /** How firmly: as the rules say for the weight; for a role that asks for nobody, as they say for influence. */
  readonly mode: GuardMode
}

/** To how many people somebody of a band who carries a role of a weight answers, by the rules in force. */
export function requiredPartners(
  policies: Pick<Policies, 'partnersByBand' | 'partnersByBandMode' | 'partnersByWeight'>,
  band: Band,
  weight: number,
): RequiredPartners {
  const requiredByBand = policies.partnersByBand[band]
  const asked = policies.partnersByWeight.filter(({ fromWeight }) => fromWeight <= weight)
  const firmest = asked.toSorted((a, b) => a.fromWeight - b.fromWeight).at(-1)
  const requiredByWeight = firmest?.partners ?? 0
  return {
    requiredByBand,
    requiredByWeight,
    required: Math.max(requiredByBand, requiredByWeight),
    mode: firmest?.mode ?? policies.partnersByBandMode,
  }
}
