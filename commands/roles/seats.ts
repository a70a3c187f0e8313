import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { lastEnd } from './holding-facts.ts'
import type { HoldingVersion } from './holding-log.ts'
import { holdingsOf, type RolesState, roleAt } from './state.ts'

export const NO_FREE_SEAT = 'Every seat of the role is taken for some of that time; another yes may have come first.'

export interface FreeSeat {
  readonly seat: number
  /** The holding that is carried on in it after its term, and would end. */
  readonly takesOver?: string
}

/** Holdings that occupy a seat for some of an interval; who carries on after the term gives way to whoever takes over. */
function occupying(roles: RolesState, roleId: string, start: number, end: number): readonly HoldingVersion[] {
  return holdingsOf(roles, roleId).filter(
    ({ fact, from, to }) =>
      fact.seat !== undefined && from.earliest < end && start < Math.min(to.earliest, lastEnd(fact.terms)),
  )
}

/**
 * A seat of the role that is free over the whole of an interval (ms), one that nobody carries on in first.
 * @returns NO_FREE_SEAT where there is none. `leaving` are holdings that do not count: those that end as this one begins.
 */
export function freeSeat(
  roles: RolesState,
  roleId: string,
  start: number,
  end: number,
  leaving: readonly string[] = [],
): FreeSeat | Refusal {
  // What was written down later than an act said to be of before still says how many seats there were.
  const role = roleAt(roles, roleId, start) ?? roleAt(roles, roleId, Number.MAX_SAFE_INTEGER)
  const seats = role?.definition?.seats ?? 1
  const taken = new Set(
    occupying(roles, roleId, start, end)
      .filter(({ fact }) => !leaving.includes(fact.holdingId))
      .map(({ fact }) => fact.seat),
  )
  const carriedOn = holdingsOf(roles, roleId).filter(
    ({ fact, to }) => fact.seat !== undefined && lastEnd(fact.terms) <= start && start < to.earliest,
  )
  let takeOver: FreeSeat | undefined
  for (let seat = 1; seat <= seats; seat += 1) {
    if (taken.has(seat)) continue
    const held = carriedOn.find(({ fact }) => fact.seat === seat)
    if (!held) return { seat }
    takeOver ??= { seat, takesOver: held.fact.holdingId }
  }
  return takeOver ?? refuse('NO_FREE_SEAT', { facts: { seats }, message: NO_FREE_SEAT })
}

/** Whether others occupy a seat for some of an interval. */
export function seatTakenBy(
  roles: RolesState,
  roleId: string,
  seat: number | undefined,
  start: number,
  end: number,
  notCounting: readonly string[],
): boolean {
  return occupying(roles, roleId, start, end).some(
    ({ fact }) => fact.seat === seat && !notCounting.includes(fact.holdingId),
  )
}
