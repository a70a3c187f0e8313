import { z } from 'zod'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'

export const COERCIVE_INVITATION =
  'Whoever is invited is free to say no: nothing is mandatory, a no has no consequence, and silence is no yes.'

/** Fields that would make an invitation something else. They are here to be refused by name. */
export const coercionFields = {
  mandatory: z.boolean().optional().meta({ description: 'Always refused where true' }),
  consequenceIfDeclined: z.string().max(4000).optional().meta({ description: 'Always refused' }),
  defaultAccept: z.boolean().optional().meta({ description: 'Always refused where true' }),
}

interface Coercion {
  readonly mandatory?: boolean | undefined
  readonly consequenceIfDeclined?: string | undefined
  readonly defaultAccept?: boolean | undefined
}

/** Refuses an invitation that leaves no choice. */
export function coerces({ mandatory, consequenceIfDeclined, defaultAccept }: Coercion): Refusal | undefined {
  const field = mandatory
    ? 'mandatory'
    : consequenceIfDeclined !== undefined
      ? 'consequenceIfDeclined'
      : defaultAccept
        ? 'defaultAccept'
        : undefined
  if (field === undefined) return undefined
  return refuse('COERCIVE_INVITATION', { pointer: `/${field}`, facts: { field }, message: COERCIVE_INVITATION })
}
