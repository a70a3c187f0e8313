/** One line of the benchmark: what was measured against what, in the same run. */
export interface Result {
  readonly name: string
  readonly peer: string
  /** Goal as a person reads it, such as `≥ 0.7`; undefined where the line is only for information. */
  readonly goal: Goal | undefined
  /** One ratio for each round. */
  readonly ratios: readonly number[]
  /** Medians of both sides, with their unit. */
  readonly measured: string
  readonly against: string
  /** What else the run found out. */
  readonly facts: Readonly<Record<string, number | string>>
}

export interface Goal {
  readonly kind: 'at least' | 'at most'
  readonly ratio: number
}

/** Two sides that should have given the same answer did not: the run is worth nothing. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer'
}

/** The middle value; of an even number of values, the mean of the two. @throws RangeError where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const low = sorted[(sorted.length - 1) >> 1]
  const high = sorted[sorted.length >> 1]
  if (low === undefined || high === undefined) throw new RangeError('no values')
  return (low + high) / 2
}

/** Whether the median keeps the goal; true where there is none. */
export function isReached({ goal, ratios }: Result): boolean {
  if (goal === undefined) return true
  return goal.kind === 'at least' ? median(ratios) >= goal.ratio : median(ratios) <= goal.ratio
}
