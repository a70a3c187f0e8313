import { concentration } from './concentration.ts'
import type { DaySpan } from './day-sets.ts'
import { countDays, intersectDays, unionDays } from './day-sets.ts'

/** Somebody's time in a seat of a role; days need not be whole. */
export interface SeatSpan extends DaySpan {
  readonly who: string
  readonly seat: string
}

/** M-13, how a role went round in a window. */
export interface Rotation {
  readonly holders: number
  readonly terms: number
  /** Different holders ÷ terms. */
  readonly perTerm: number
  /** Days in a seat by person; days of an overlap are shared. */
  readonly seatDays: ReadonlyMap<string, number>
  /** N1 and N2 of the seat-days: how many people it was as if evenly shared among. */
  readonly effectiveHolders: number | null
  readonly effectiveHolders2: number | null
  /** The longest unbroken time of one person. */
  readonly longestDays: number
}

/** M-13 over the window [from, to). `terms` are the terms that fall into it. `null` where nobody held the role. */
export function rotation(spans: readonly SeatSpan[], terms: number, from: number, to: number): Rotation | null {
  const within = spans.flatMap((span) => {
    const clipped = { ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) }
    return clipped.from < clipped.to ? [clipped] : []
  })
  if (within.length === 0 || terms === 0) return null
  const seatDays = new Map<string, number>()
  for (const inSeat of Map.groupBy(within, ({ seat }) => seat).values()) addSeatDays(inSeat, seatDays)
  const { hill } = concentration([...seatDays.values()])
  const byPerson = Map.groupBy(within, ({ who }) => who)
  return {
    holders: byPerson.size,
    terms,
    perTerm: byPerson.size / terms,
    seatDays,
    effectiveHolders: hill.n1,
    effectiveHolders2: hill.n2,
    longestDays: Math.max(...[...byPerson.values()].flatMap((own) => unionDays(own).map((s) => s.to - s.from))),
  }
}

function addSeatDays(spans: readonly SeatSpan[], seatDays: Map<string, number>): void {
  const borders = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  for (const [i, from] of borders.entries()) {
    const to = borders[i + 1]
    if (to === undefined) break
    const there = new Set(spans.filter((span) => span.from <= from && to <= span.to).map(({ who }) => who))
    for (const who of there) seatDays.set(who, (seatDays.get(who) ?? 0) + (to - from) / there.size)
  }
}

/** M-12, the share of a window that somebody led; the days of one's own membership are the window. `null` without any. */
export function dutyShare(led: readonly DaySpan[], membership: readonly DaySpan[]): number | null {
  const member = unionDays(membership)
  const days = countDays(member)
  return days === 0 ? null : countDays(intersectDays(unionDays(led), member)) / days
}

/** M-12, the share of the people who led at all. `null` for nobody. */
export function breadth(leaders: number, people: number): number | null {
  return people === 0 ? null : leaders / people
}

/** Somebody's first act of leadership, and who made it possible. */
export interface FirstAct {
  readonly who: string
  readonly enabledBy: readonly string[]
}

/** M-14, how many first acts each person made possible: one for each, shared by those who did; nobody enables themself. */
export function activation(firstActs: readonly FirstAct[]): ReadonlyMap<string, number> {
  const credit = new Map<string, number>()
  for (const { who, enabledBy } of firstActs) {
    const others = new Set(enabledBy.filter((person) => person !== who))
    for (const person of others) credit.set(person, (credit.get(person) ?? 0) + 1 / others.size)
  }
  return credit
}
