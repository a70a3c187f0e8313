/**
 * A step in somebody's influence: from `at` (ms) on their standing level is other by `standing`, and `decaying` begins to
 * fade. A level that falls and leaves a residue has `standing` −v and `decaying` +v; an act of a moment `decaying` alone.
 */
export interface Step {
  readonly at: number
  readonly standing: number
  readonly decaying: number
}

/** Influence of one kind as it stood at a moment: an event adds to it in O(1), whenever it was. */
export interface Level {
  standing: number
  /** The fading part as it was at `at`; what it is later follows from the half-life. */
  decaying: number
  /** ms; −Infinity while nothing has been added. */
  at: number
}

/** What is added up and taken away again may leave this much of nothing. */
const DUST = 1e-12

/** The part of a value that is left after `elapsed` ms; all of it where nothing ever fades (half-life Infinity). */
export function remaining(elapsed: number, halfLife: number): number {
  return halfLife === Number.POSITIVE_INFINITY ? 1 : 2 ** (-elapsed / halfLife)
}

export function emptyLevel(): Level {
  return { standing: 0, decaying: 0, at: Number.NEGATIVE_INFINITY }
}

/** Adds a step to a level, or takes it out again (`sign` −1); the step may be earlier than what is in it already. O(1). */
export function addStep(level: Level, step: Step, halfLife: number, sign: 1 | -1 = 1): void {
  level.standing += sign * step.standing
  if (step.decaying === 0) return
  if (step.at > level.at) {
    level.decaying = level.decaying === 0 ? 0 : level.decaying * remaining(step.at - level.at, halfLife)
    level.at = step.at
  }
  level.decaying += sign * step.decaying * remaining(level.at - step.at, halfLife)
}

/** What a level comes to at a moment (ms) that is not before any step in it. Never negative, never −0. */
export function levelAt({ standing, decaying, at }: Level, t: number, halfLife: number): number {
  const value = standing + (decaying === 0 ? 0 : decaying * remaining(t - at, halfLife))
  return value > DUST ? value : 0
}

/** Duties count from a band on: how much louder than the mean one's voice is. */
export type Band = 'low' | 'medium' | 'high' | 'veryHigh'
export const BANDS: readonly Band[] = ['low', 'medium', 'high', 'veryHigh']

/** Where each band above the low one begins. */
export type BandLimits = Readonly<Record<Exclude<Band, 'low'>, number>>

/** The band of a multiple of the mean voice. */
export function bandOf(lambda: number, limits: BandLimits): Band {
  // A multiple that is a limit but for the arithmetic is the limit.
  const reached = (band: Exclude<Band, 'low'>) => lambda >= limits[band] * (1 - 1e-9)
  return BANDS.findLast((band) => band === 'low' || reached(band)) ?? 'low'
}

/** n·v/Σv: 1 is average, and never more than n. `null` where nobody has a voice. */
export function multiple(voice: number, totalVoice: number, people: number): number | null {
  return totalVoice > 0 ? (people * voice) / totalVoice : null
}

/** The multiple a person would have with a level more: n·(v + Δ)/(Σv + Δ). */
export function projectedMultiple(voice: number, totalVoice: number, people: number, delta: number): number | null {
  return multiple(voice + delta, totalVoice + delta, people)
}

/**
 * The multiple duties follow from: the person's own dissent and care (`exempt`, a part of their voice) do not count, so
 * that they cost nothing: n·v′/(Σv − v + v′), with a level Δ more where one is about to be taken on.
 */
export function dutyMultiple(
  voice: number,
  exempt: number,
  totalVoice: number,
  people: number,
  delta = 0,
): number | null {
  return projectedMultiple(voice - exempt, totalVoice - exempt, people, delta)
}

/** The ratio of two voices, the higher over the lower; where one is 0 both get one unit more. M-22. */
export function imbalance(a: number, b: number): number {
  if (a < 0 || b < 0) throw new RangeError('a voice is 0 or more')
  const [low, high] = a < b ? [a, b] : [b, a]
  return low === 0 ? high + 1 : high / low
}

export type ImbalanceLevel = 'none' | 'notice' | 'strong'

/** How much care a ratio asks for; a live tie between the two is always strong. */
export function imbalanceLevel(rho: number, tied: boolean, notice = 2, strong = 4): ImbalanceLevel {
  if (tied || rho >= strong * (1 - 1e-9)) return 'strong'
  return rho >= notice * (1 - 1e-9) ? 'notice' : 'none'
}
