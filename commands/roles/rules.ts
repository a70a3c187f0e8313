import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { type GivenMandate, unknownMandate } from '../agreements/mandates.ts'
import { Guards } from '../community/guards.ts'
import type { CommunityState } from '../community/state.ts'

export const ROLE_RULES = {
  TERM_TOO_LONG: 'Every term ends, and has at most as many days as the community allows.',
  WEIGHT_OUT_OF_RANGE: 'How much a role carries is a number from 0 to 5.',
}

/** Refuses a weight or term outside its range; `base` is the pointer to the object that holds them. */
export function roleNumbersOutOfRange(
  role: { weight?: number | undefined; termDays?: number | undefined },
  base: string,
  maxTermDays: number,
): Refusal | undefined {
  const { weight, termDays } = role
  if (weight !== undefined && (weight < 0 || weight > 5)) {
    return refuse('WEIGHT_OUT_OF_RANGE', {
      pointer: `${base}/weight`,
      facts: { weight, min: 0, max: 5 },
      message: ROLE_RULES.WEIGHT_OUT_OF_RANGE,
    })
  }
  return termDays === undefined ? undefined : termTooLong(termDays, maxTermDays, `${base}/termDays`)
}

/** Refuses a term of more days than the community allows. */
export function termTooLong(termDays: number, max: number, pointer: string): Refusal | undefined {
  if (termDays <= max) return undefined
  return refuse('TERM_TOO_LONG', { pointer, facts: { termDays, max }, message: ROLE_RULES.TERM_TOO_LONG })
}

export const ROLE_NEEDS_MANDATE = 'A role that carries so much is defined, changed and retired by an adopted proposal.'

/** The field by which an act names the adopted proposal it rests on. */
export const citedProposal = () =>
  idOf('proposal').optional().meta({ description: 'The adopted proposal this rests on, where it takes one' })

/** What the record of an act on a role says of its mandate. */
export interface Mandated {
  readonly proposalId: string | undefined
  readonly snapshot: { readonly policyVersion: number; readonly warnings: { code: string; message: string }[] }
}

/** Refuses to define, change or retire a role of a weight that takes an adopted proposal, where none is cited. */
export function mandated(
  weight: number,
  proposalId: string | undefined,
  mandate: GivenMandate | undefined,
  { policy }: CommunityState,
): Mandated | Refusal {
  const { roleMandateFromWeight: from, mandateToDefine } = policy.values
  const guards = new Guards()
  const refusal =
    (mandate || weight < from
      ? undefined
      : guards.check(mandateToDefine, () =>
          refuse('ROLE_NEEDS_MANDATE', { facts: { weight, from }, message: ROLE_NEEDS_MANDATE }),
        )) ?? unknownMandate(proposalId, mandate)
  return (
    refusal ?? {
      proposalId: mandate?.proposalId,
      snapshot: { policyVersion: policy.version, warnings: guards.warnings },
    }
  )
}
