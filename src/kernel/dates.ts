/** How exactly a date is known: by its form alone. */
export type Precision = 'year' | 'month' | 'day' | 'instant'

/**
 * A date by its form, with the bounds of what it may mean in milliseconds since 1970-01-01T00:00Z. A day is exactly its
 * 00:00Z and an instant itself; a year or month is vague: some moment from `earliest` on, before `latest`.
 */
export interface DateBounds {
  readonly text: string
  readonly precision: Precision
  readonly earliest: number
  readonly latest: number
}

export const DAY_MS = 86_400_000

/** An end that has not come: later than every date. Its text never leaves the engine. */
export const NEVER: DateBounds = {
  text: '',
  precision: 'instant',
  earliest: Number.POSITIVE_INFINITY,
  latest: Number.POSITIVE_INFINITY,
}

const CALENDAR = /^([1-9]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/
const INSTANT =
  /^([1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

// A book names the same few thousand days tens of thousands of times; bounds are immutable, so they are shared.
const known = new Map<string, DateBounds>()
const KNOWN_LIMIT = 100_000

/**
 * Reads `2025`, `2025-03`, `2025-03-10` or an RFC 3339 instant (years 1000 to 9999).
 * @returns undefined for any other text and for a day that no calendar has.
 */
export function parseDate(text: string): DateBounds | undefined {
  const seen = known.get(text)
  if (seen) return seen
  const bounds = readDate(text)
  if (bounds) {
    if (known.size >= KNOWN_LIMIT) known.clear()
    known.set(text, bounds)
  }
  return bounds
}

/** The bounds of a date already known to be well-formed. @throws RangeError for one that is not. */
export function dateBounds(text: string): DateBounds {
  const bounds = parseDate(text)
  if (!bounds) throw new RangeError(`not a date: ${text}`)
  return bounds
}

function readDate(text: string): DateBounds | undefined {
  const calendar = CALENDAR.exec(text)
  if (calendar) return readCalendar(text, Number(calendar[1]), calendar[2], calendar[3])
  const instant = INSTANT.exec(text)
  if (!instant?.[1] || !parseDate(instant[1])) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : { text, precision: 'instant', earliest: ms, latest: ms }
}

function readCalendar(text: string, year: number, month?: string, day?: string): DateBounds | undefined {
  if (month === undefined) {
    return { text, precision: 'year', earliest: Date.UTC(year, 0, 1), latest: Date.UTC(year + 1, 0, 1) }
  }
  const m = Number(month) - 1
  if (day === undefined) {
    return { text, precision: 'month', earliest: Date.UTC(year, m, 1), latest: Date.UTC(year, m + 1, 1) }
  }
  const ms = Date.UTC(year, m, Number(day))
  if (new Date(ms).getUTCMonth() !== m) return undefined
  return { text, precision: 'day', earliest: ms, latest: ms }
}

/** Number of whole days from 1970-01-01 to the first 00:00Z at or after the moment: the first day that lies in `[ms, …)`. */
export function firstDayFrom(ms: number): number {
  return Math.ceil(ms / DAY_MS)
}

/** `YYYY-MM-DD` of a day counted from 1970-01-01. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** RFC 3339 in UTC with milliseconds. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString()
}
