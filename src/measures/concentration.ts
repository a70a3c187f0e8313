import { type Ratios, ratiosOf, theilOf } from './ratios.ts'

/** One point of the Lorenz curve: the share of the total that the `population` with the least of it holds together. */
export interface LorenzPoint {
  /** 0 … 1 */
  readonly population: number
  /** 0 … 1 */
  readonly share: number
}

/** Hill numbers: the effective number of people, by presence, by entropy and by concentration. Each 1 … n. */
export interface HillNumbers {
  readonly n0: number | null
  readonly n1: number | null
  readonly n2: number | null
}

/**
 * How unevenly something is spread over people. `null` stands where a number would mislead: everywhere when there are no
 * people or nothing to spread (then `reason` says which), and for the size-corrected measures of one person alone.
 */
export interface Concentration {
  /** Number of people, those with nothing included. */
  readonly n: number
  /** Sum of the values, in their unit. */
  readonly total: number
  /** M-03, 0 … (n − 1)/n; does not change when every person is there k times. */
  readonly gini: number | null
  /** M-03, 0 … 1: the part of the unevenness that is possible among n people. */
  readonly giniCorrected: number | null
  /** M-03, n + 1 points from (0, 0) to (1, 1); empty when there is a `reason`. */
  readonly lorenz: readonly LorenzPoint[]
  /** M-04, Herfindahl–Hirschman index, 1/n … 1. */
  readonly hhi: number | null
  /** M-04, 0 … 1. */
  readonly hhiNormalised: number | null
  /** M-05 */
  readonly hill: HillNumbers
  /** M-05, N2/n, 1/n … 1. */
  readonly evenness: number | null
  /** M-05, Pielou's J, 0 … 1. */
  readonly pielou: number | null
  /** M-06, 0 … ln n. */
  readonly theil: number | null
  /** M-06, 0 … 1. */
  readonly theilNormalised: number | null
  /** M-07, share of the person with the most, 1/n … 1. */
  readonly topShare: number | null
  /** M-07, share of the tenth of the people with the most (rounded up to whole people). */
  readonly topTenthShare: number | null
  /** M-08, fewest people who together hold more than the threshold. */
  readonly nakamoto: number | null
  /** M-08, fewest people who together hold the threshold or more: the contributor absence factor of CHAOSS. */
  readonly absenceFactor: number | null
  /** M-09, share that would have to move to make all equal, 0 … (n − 1)/n. */
  readonly hoover: number | null
  readonly reason?: 'no-members' | 'no-influence'
}

export interface ConcentrationOptions {
  /** Share for the Nakamoto coefficient and the absence factor, above 0 and below 1; default 0.5. */
  readonly threshold?: number
}

/** Relative tolerance at a tie with the threshold: ten times 0.1 is not quite 1, and five of them must still be half. */
const tie = 1e-9

/**
 * Measures M-03 to M-09 of the values of n people, usually their voices; zeros count as people. Nothing is rounded, and
 * the order of the values does not matter. Throws RangeError for a negative or non-finite value and for a threshold
 * outside (0, 1).
 */
export function concentration(values: readonly number[], options: ConcentrationOptions = {}): Concentration {
  const { threshold = 0.5 } = options
  if (!(threshold > 0 && threshold < 1)) throw new RangeError(`a threshold of ${threshold} is not between 0 and 1`)
  const spread = ratiosOf(values)
  const { n, total, sorted, ratios } = spread
  if (n === 0) return { ...nothing, n, total, reason: 'no-members' }
  if (total === 0) return { ...nothing, n, total, reason: 'no-influence' }

  const gini = giniOf(ratios)
  const theil = theilOf(spread)
  const squares = sumOf(ratios, (ratio) => ratio ** 2)
  // 0/0 for one person alone: no unevenness is possible, so there is no share of it.
  const ofPossible = (value: number, most: number) => (n === 1 ? null : value / most)
  const theilNormalised = ofPossible(theil, Math.log(n))
  return {
    n,
    total,
    gini,
    giniCorrected: ofPossible(gini, (n - 1) / n),
    lorenz: lorenzOf(ratios),
    hhi: squares / n ** 2,
    // (HHI − 1/n)/(1 − 1/n), written so that nothing is lost where HHI is close to 1/n.
    hhiNormalised: ofPossible(
      sumOf(ratios, (ratio) => (ratio - 1) ** 2),
      n * (n - 1),
    ),
    hill: {
      n0: sorted.filter((value) => value > 0).length,
      n1: Math.max(1, n * Math.exp(-theil)),
      n2: n ** 2 / squares,
    },
    evenness: n / squares,
    pielou: theilNormalised === null ? null : 1 - theilNormalised,
    theil,
    theilNormalised,
    topShare: topShareOf(ratios, 1),
    topTenthShare: topShareOf(ratios, Math.ceil(n / 10)),
    nakamoto: fewest(spread, (sum) => sum > threshold * total * (1 + tie)),
    absenceFactor: fewest(spread, (sum) => sum >= threshold * total * (1 - tie)),
    hoover: sumOf(ratios, (ratio) => Math.abs(ratio - 1)) / (2 * n),
  }
}

const nothing: Omit<Concentration, 'n' | 'total'> = {
  gini: null,
  giniCorrected: null,
  lorenz: [],
  hhi: null,
  hhiNormalised: null,
  hill: { n0: null, n1: null, n2: null },
  evenness: null,
  pielou: null,
  theil: null,
  theilNormalised: null,
  topShare: null,
  topTenthShare: null,
  nakamoto: null,
  absenceFactor: null,
  hoover: null,
}

/**
 * G = (2·Σ i·x₍ᵢ₎)/(n·S) − (n + 1)/n, with the i-th smallest taken together with the i-th largest: no term is negative,
 * and equal values come to exactly 0.
 */
function giniOf(ratios: readonly number[]): number {
  const n = ratios.length
  let sum = 0
  for (const [i, low] of ratios.slice(0, Math.floor(n / 2)).entries()) {
    const high = ratios[n - 1 - i] ?? low
    sum += (n - 1 - 2 * i) * (high - low)
  }
  return sum / n ** 2
}

function lorenzOf(ratios: readonly number[]): LorenzPoint[] {
  const n = ratios.length
  const points: LorenzPoint[] = [{ population: 0, share: 0 }]
  let sum = 0
  for (const [i, ratio] of ratios.entries()) {
    sum += ratio
    points.push({ population: (i + 1) / n, share: i === n - 1 ? 1 : Math.min(1, sum / n) })
  }
  return points
}

function topShareOf(ratios: readonly number[], count: number): number {
  const n = ratios.length
  return Math.min(1, sumOf(ratios.slice(n - count), (ratio) => ratio) / n)
}

/** Fewest people, those with the most first, whose values together are `enough`. */
function fewest({ n, sorted }: Ratios, enough: (sum: number) => boolean): number {
  let sum = 0
  for (const [i, value] of sorted.toReversed().entries()) {
    sum += value
    if (enough(sum)) return i + 1
  }
  return n
}

function sumOf(ratios: readonly number[], term: (ratio: number) => number): number {
  return ratios.reduce((sum, ratio) => sum + term(ratio), 0)
}
