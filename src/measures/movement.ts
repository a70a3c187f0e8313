/** Shares or other values by person. */
export type ByPerson = ReadonlyMap<string, number>

/** Voices closer than this, relative to the largest, are equal. */
const TIE = 1e-9

/**
 * M-10, how much moved between two moments: half the sum of what every share changed by, over everybody who was there at
 * either; 0 … 1. `null` where nobody had anything at one of them. (Pedersen's index; total variation.)
 */
export function turnover(before: ByPerson, after: ByPerson): number | null {
  const [from, to] = [totalOf(before), totalOf(after)]
  if (from === 0 || to === 0) return null
  let moved = 0
  for (const person of new Set([...before.keys(), ...after.keys()]))
    moved += Math.abs((after.get(person) ?? 0) / to - (before.get(person) ?? 0) / from)
  return Math.min(1, moved / 2)
}

/** Who is among those with the most; nobody where all have the same, for then nobody is above anybody. */
export function onTop(values: ByPerson): readonly string[] {
  const most = Math.max(...values.values())
  const top = [...values].filter(([, value]) => value >= most * (1 - TIE)).map(([person]) => person)
  return top.length === values.size ? [] : top
}

/** How long the same people stay on top, over sampled days. */
export interface Persistence {
  readonly days: number
  /** Share of the days on which each person was among those with the most; people who never were are left out. */
  readonly top: ByPerson
  /** Share of the days on which each had at least twice the mean voice; people who never had are left out. */
  readonly high: ByPerson
}

/** Window below which a share of days says nothing. */
const LEAST_DAYS = 30

/**
 * M-11 over one sample a day: for each the influence of everybody in it and their multiples of the mean voice.
 * `null` for fewer than 30 days.
 */
export function persistence(
  days: readonly { readonly influence: ByPerson; readonly multiples: ByPerson }[],
  high = 2,
): Persistence | null {
  if (days.length < LEAST_DAYS) return null
  const top = new Map<string, number>()
  const above = new Map<string, number>()
  for (const { influence, multiples } of days) {
    for (const person of onTop(influence)) top.set(person, (top.get(person) ?? 0) + 1)
    for (const [person, lambda] of multiples)
      if (lambda >= high * (1 - TIE)) above.set(person, (above.get(person) ?? 0) + 1)
  }
  return { days: days.length, top: over(top, days.length), high: over(above, days.length) }
}

/** M-18, how far formal and informal influence lie apart: 0 … 1, `null` where there is none of either. */
export const formalInformalGap: (formal: ByPerson, informal: ByPerson) => number | null = turnover

/** M-17, people to answer to that are there, over those that are needed; 1 where nobody needs any. */
export function coverage(people: readonly { readonly have: number; readonly required: number }[]): number {
  const required = people.reduce((sum, person) => sum + person.required, 0)
  if (required === 0) return 1
  return people.reduce((sum, person) => sum + Math.min(person.have, person.required), 0) / required
}

function totalOf(values: ByPerson): number {
  let total = 0
  for (const value of values.values()) total += value
  return total
}

function over(counts: ReadonlyMap<string, number>, days: number): ByPerson {
  return new Map([...counts].map(([person, count]) => [person, count / days]))
}
