import { DAY_MS, dateBounds, dayText, firstDayFrom } from '../../src/kernel/dates.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { dayForm } from '../../src/kernel/text.ts'
import type { DaySpan } from '../../src/measures/day-sets.ts'
import type { HoldingVersion } from './roster-view.ts'

/** Parameters of a question over a period: both days count. */
export const periodParams = {
  from: dayForm().meta({ description: 'First day of the period' }),
  through: dayForm().meta({ description: 'Last day of the period, included' }),
}

export const untilParam = {
  until: dayForm().meta({ description: 'Days before this one count; today and all before it unless given' }),
}

/** A period in days since 1970-01-01: half-open `[from, to)`. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** The period of two days that both count. @returns a refusal where it ends before it begins. */
export function periodOf({ from, through }: { from: string; through: string }): Period | Refusal {
  const first = dateBounds(from).earliest / DAY_MS
  const last = dateBounds(through).earliest / DAY_MS
  if (last >= first) return { from: first, to: last + 1 }
  return refuse('VALIDATION_FAILED', {
    pointer: '/through',
    facts: { from, through },
    message: '"through" must not be before "from".',
  })
}

/** Without a day given, today and all before it count. */
export const untilTomorrow = (now: number) => ({ until: dayText(Math.floor(now / DAY_MS) + 1) })

/** The day before which days count, in days since 1970-01-01. */
export function untilDay(until: string): number {
  return dateBounds(until).earliest / DAY_MS
}

/** The days a holding certainly covers before a day: those whose 00:00Z it holds under every reading of its dates. */
export function certainDays({ from, to }: HoldingVersion, until: number): DaySpan {
  return { from: firstDayFrom(from.latest), to: Math.min(firstDayFrom(to.earliest), until) }
}

/** The days a holding may cover before a day, under some reading of its dates. */
export function possibleDays({ from, to }: HoldingVersion, until: number): DaySpan {
  return { from: firstDayFrom(from.earliest), to: Math.min(firstDayFrom(to.latest), until) }
}
