import { DAY_MS } from '../../src/kernel/dates.ts'

/** A term as it was agreed: when it was to begin and how long it is, in ms. */
export interface AgreedTerm {
  readonly number: number
  readonly start: number
  readonly length: number
}

/** A term as it runs, with the leave that stopped its clock; ms. */
export interface Term {
  readonly number: number
  readonly start: number
  readonly end: number
}

export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * Terms one after the other, each as long as agreed plus the leave within it: while a holder is away the clock of their
 * term stands still, for `leaveStopsClockDays` in all; after that it runs on. Leave that began before a term counts from
 * the term's beginning.
 */
export function termsWithLeave(
  agreed: readonly AgreedTerm[],
  leaves: readonly Span[],
  leaveStopsClockDays: number,
): readonly Term[] {
  const sorted = leaves.toSorted((a, b) => a.from - b.from)
  let left = leaveStopsClockDays * DAY_MS
  let begins = Number.NEGATIVE_INFINITY
  return agreed.map(({ number, start: planned, length }) => {
    const start = Math.max(planned, begins)
    let end = start + length
    for (const leave of sorted) {
      const from = Math.max(leave.from, start)
      if (from >= end || leave.to <= from) continue
      const stopped = Math.min(leave.to - from, left)
      end += stopped
      left -= stopped
    }
    begins = end
    return { number, start, end }
  })
}

/** Terms of one person in one role as one row: those whose gap to the one before is shorter than the rest. */
export function rowOf(terms: readonly Term[], around: Term, restDays: number): readonly Term[] {
  const sorted = [...terms, around].toSorted((a, b) => a.start - b.start)
  const rest = restDays * DAY_MS
  let row: Term[] = []
  for (const term of sorted) {
    const before = row.at(-1)
    if (before && term.start - before.end >= rest) {
      if (row.includes(around)) break
      row = []
    }
    row.push(term)
  }
  return row
}
