/** Values of people against their mean, the form in which measures of unevenness are computed without loss. */
export interface Ratios {
  readonly n: number
  /** Sum of the values. */
  readonly total: number
  /** The values, ascending. */
  readonly sorted: readonly number[]
  /** The values over their mean, ascending: n·xᵢ/S, so 1 is average. Empty where the total is 0. */
  readonly ratios: readonly number[]
}

/** Values closer than this, relative to the largest, differ by the arithmetic that made them and by nothing else. */
const noise = 1e-12

/** Throws RangeError for a negative or non-finite value: it can only come from a mistake. */
export function ratiosOf(values: readonly number[]): Ratios {
  for (const value of values) {
    if (!Number.isFinite(value) || value < 0) throw new RangeError(`${value} cannot be measured: values are 0 or more`)
  }
  // Summed in ascending order, so that the order of the input changes nothing, not even the last digit.
  const sorted = values.toSorted((a, b) => a - b)
  const n = sorted.length
  const total = sorted.reduce((sum, value) => sum + value, 0)
  if (total === Number.POSITIVE_INFINITY) throw new RangeError('the sum of the values is too large')
  if (total === 0) return { n, total, sorted, ratios: [] }
  const [least = 0, most = 0] = [sorted[0], sorted[n - 1]]
  const areEqual = most - least <= noise * most
  return { n, total, sorted, ratios: sorted.map((value) => (areEqual ? 1 : (value / total) * n)) }
}

/**
 * Theil's T = Σ sᵢ·ln(n·sᵢ), 0 … ln n, with 0·ln 0 = 0; for a total above 0.
 * Source: Theil, Economics and Information Theory (1967), chapter 4.
 */
export function theilOf({ n, ratios }: Ratios): number {
  const sum = ratios.reduce((all, ratio) => all + (ratio > 0 ? ratio * Math.log(ratio) : 0), 0)
  return Math.min(Math.log(n), Math.max(0, sum / n))
}
