import { type Refusal, refuse } from '../../src/kernel/refusal.ts'

/** Longest term a role may have; the policy `maxTermDays` of the preset. */
export const MAX_TERM_DAYS = 730

export const ROLE_RULES = {
  TERM_TOO_LONG: `Every term ends: it has at most ${MAX_TERM_DAYS} days.`,
  WEIGHT_OUT_OF_RANGE: 'How much a role carries is a number from 0 to 5.',
}

/** Refuses a weight or term outside its range; `base` is the pointer to the object that holds them. */
export function roleNumbersOutOfRange(
  role: { weight?: number | undefined; termDays?: number | undefined },
  base: string,
): Refusal | undefined {
  const { weight, termDays } = role
  if (weight !== undefined && (weight < 0 || weight > 5)) {
    return refuse('WEIGHT_OUT_OF_RANGE', {
      pointer: `${base}/weight`,
      facts: { weight, min: 0, max: 5 },
      message: ROLE_RULES.WEIGHT_OUT_OF_RANGE,
    })
  }
  if (termDays !== undefined && termDays > MAX_TERM_DAYS) {
    return refuse('TERM_TOO_LONG', {
      pointer: `${base}/termDays`,
      facts: { termDays, max: MAX_TERM_DAYS },
      message: ROLE_RULES.TERM_TOO_LONG,
    })
  }
  return undefined
}
