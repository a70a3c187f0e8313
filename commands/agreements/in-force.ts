import type { FactVersion } from '../../src/kernel/fact-log.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { AgreementFact } from './agreement-facts.ts'
import { type AgreementsState, agreementAt } from './state.ts'

export const AGREEMENT_ENDED = 'The agreement is no longer in force.'
export const NOT_RESPONSIBLE = 'Only whoever carries the agreement does this.'

/** The agreement an act is about, in force now. @returns NOT_FOUND or AGREEMENT_ENDED where it is not. */
export function inForce(
  agreements: AgreementsState,
  agreementId: string,
  now: number,
): FactVersion<AgreementFact> | Refusal {
  if (!agreements.facts.has(agreementId)) return refuse('NOT_FOUND', { message: 'There is no such agreement.' })
  return agreementAt(agreements, agreementId, now) ?? refuse('AGREEMENT_ENDED', { message: AGREEMENT_ENDED })
}
