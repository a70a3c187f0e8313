import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { Policies } from '../community/policy-table.ts'

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

/** Refuses a role of a weight that takes an adopted proposal. */
export function needsMandate(weight: number, { roleMandateFromWeight: from }: Policies): Refusal | undefined {
  if (weight < from) return undefined
  return refuse('ROLE_NEEDS_MANDATE', { facts: { weight, from }, message: ROLE_NEEDS_MANDATE })
}
