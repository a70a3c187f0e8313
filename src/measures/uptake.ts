/** M-15, how personal invitations were answered; for the inviter alone. */
export interface Uptake {
  readonly accepted: number
  readonly declined: number
  /** Beside the figures, not in them: silence is no answer. */
  readonly lapsed: number
  /** Accepted ÷ answered; `null` where nobody answered. */
  readonly raw: number | null
  /** (a + 1)/(a + d + 2): what to expect of the next answer. */
  readonly smoothed: number
  /** 95 % Wilson score interval of the raw share; `null` where nobody answered. */
  readonly interval: readonly [number, number] | null
}

const Z = 1.959963984540054

/** Source of the interval: Wilson, Journal of the American Statistical Association 22 (1927), 209–212. */
export function uptake(accepted: number, declined: number, lapsed = 0): Uptake {
  const answered = accepted + declined
  const raw = answered === 0 ? null : accepted / answered
  return { accepted, declined, lapsed, raw, smoothed: (accepted + 1) / (answered + 2), interval: wilson(raw, answered) }
}

function wilson(share: number | null, n: number): readonly [number, number] | null {
  if (share === null) return null
  const width = 1 + Z ** 2 / n
  const middle = (share + Z ** 2 / (2 * n)) / width
  const half = (Z / width) * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}
