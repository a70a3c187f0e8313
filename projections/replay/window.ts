import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { momentForm } from '../../src/kernel/text.ts'

export const windowParams = {
  from: momentForm().meta({ description: 'Where the window begins: a day (its 00:00 UTC) or an instant' }),
  through: momentForm().meta({ description: 'Where it ends, included: a day (its end) or an instant' }),
}

/** A window in ms since 1970: half-open `[from, to)`. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** The window of two moments that both count. @returns a refusal where it ends before it begins. */
export function windowOf({ from, through }: { readonly from: string; readonly through: string }): Window | Refusal {
  const begin = dateBounds(from).earliest
  const { earliest, precision } = dateBounds(through)
  const end = precision === 'day' ? earliest + DAY_MS : earliest + 1
  if (end > begin) return { from: begin, to: end }
  return refuse('VALIDATION_FAILED', {
    pointer: '/through',
    facts: { from, through },
    message: '"through" must not be before "from".',
  })
}

export function isWithin({ from, to }: Window, t: number): boolean {
  return from <= t && t < to
}
