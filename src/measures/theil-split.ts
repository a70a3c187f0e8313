import { ratiosOf, theilOf } from './ratios.ts'

/** Theil's T over everybody, and its exact parts; `null` where there is nobody or nothing to split. */
export interface TheilSplit {
  readonly theil: number | null
  /** What would be left if everybody had the mean of their group. */
  readonly between: number | null
  /** The groups' own T, weighted by their shares of the total. */
  readonly within: number | null
  readonly reason?: 'no-members' | 'no-influence'
}

/**
 * Splits the unevenness over groups (M-06): T = Σ_g S_g·ln(S_g·n/n_g) + Σ_g S_g·T_g, with S_g the group's share of the
 * total and n_g of n its people. Groups without people are passed over. Nothing is rounded.
 * Throws RangeError for a negative or non-finite value.
 *
 * Source: Theil, Economics and Information Theory (1967), chapter 4.
 */
export function theilSplit(groups: readonly (readonly number[])[]): TheilSplit {
  const all = ratiosOf(groups.flat())
  if (all.n === 0) return { theil: null, between: null, within: null, reason: 'no-members' }
  if (all.total === 0) return { theil: null, between: null, within: null, reason: 'no-influence' }
  // 0·ln 0 = 0: a group without influence adds nothing to either part.
  const parts = groups.map(ratiosOf).filter(({ total }) => total / all.total > 0)
  let between = 0
  let within = 0
  for (const part of parts) {
    const share = part.total / all.total
    between += share * Math.log((share * all.n) / part.n)
    within += share * theilOf(part)
  }
  const theil = theilOf(all)
  // The parts are never negative and never more than the whole; the last digits of their sums can be.
  return { theil, between: Math.min(theil, Math.max(0, between)), within: Math.min(theil, within) }
}
