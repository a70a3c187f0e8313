import { type DateBounds, NEVER } from './dates.ts'

/** Half-open `[from, to)` on the axis of what was true in the world; an end that has not come is {@link NEVER}. */
export interface Interval {
  readonly from: DateBounds
  readonly to: DateBounds
}

/** How sure an answer is, given how exactly the dates are known. */
export type Certainty = 'certain' | 'possible'

export function interval(from: DateBounds, to: DateBounds | undefined): Interval {
  return { from, to: to ?? NEVER }
}

/**
 * Whether the interval holds at the moment `t` (ms): certain where latest(from) ≤ t < earliest(to), possible where
 * earliest(from) ≤ t < latest(to), else undefined.
 */
export function certaintyAt(i: Interval, t: number): Certainty | undefined {
  if (t < i.from.earliest || t >= i.to.latest) return undefined
  return t >= i.from.latest && t < i.to.earliest ? 'certain' : 'possible'
}

/** Whether the interval may hold at some moment of `[from, to)` (ms), and whether it is certain to. */
export function certaintyWithin(i: Interval, from: number, to: number): Certainty | undefined {
  if (i.from.earliest >= to || i.to.latest <= from || i.from.earliest >= i.to.latest) return undefined
  return i.from.latest < to && i.to.earliest > from && i.from.latest < i.to.earliest ? 'certain' : 'possible'
}

/** Whether an end lies after a beginning under some reading of both. */
export function canFollow(from: DateBounds, to: DateBounds): boolean {
  return from.earliest < to.latest
}
