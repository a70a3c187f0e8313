/**
 * Days from `from` up to, not including, `to`. A day is a whole number, counted from 1970-01-01 and negative before it;
 * `to` may be Infinity for what has not ended. A span with `to` ≤ `from` holds no day.
 */
export interface DaySpan {
  readonly from: number
  readonly to: number
}

/** A span during which somebody held or did something. */
export interface PersonSpan extends DaySpan {
  readonly who: string
}

/** The most people at once, and the first day on which it was as many; no day when it was never anybody. */
export interface Peak {
  readonly most: number
  readonly firstDay: number | null
}

/**
 * The days of all spans as merged spans: ascending, none empty, none touching another. The other functions here take
 * spans in this form where they say merged. O(n log n).
 */
export function unionDays(intervals: readonly DaySpan[]): DaySpan[] {
  const merged: { from: number; to: number }[] = []
  const sorted = intervals.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)
  for (const { from, to } of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else merged.push({ from, to })
  }
  return merged
}

/** Number of days in merged spans. O(n). */
export function countDays(merged: readonly DaySpan[]): number {
  return merged.reduce((days, { from, to }) => days + (to - from), 0)
}

/** The days that are in both, merged, of two sets of merged spans. O(n). */
export function intersectDays(a: readonly DaySpan[], b: readonly DaySpan[]): DaySpan[] {
  const both: DaySpan[] = []
  let [i, j] = [0, 0]
  for (;;) {
    const [left, right] = [a[i], b[j]]
    if (left === undefined || right === undefined) return both
    const from = Math.max(left.from, right.from)
    const to = Math.min(left.to, right.to)
    if (from < to) both.push({ from, to })
    if (left.to <= right.to) i += 1
    else j += 1
  }
}

/** The days of [from, to) that merged spans leave out, merged. O(n). */
export function gapsWithin(merged: readonly DaySpan[], from: number, to: number): DaySpan[] {
  const gaps: DaySpan[] = []
  let start = from
  for (const span of merged) {
    const end = Math.min(span.from, to)
    if (start < end) gaps.push({ from: start, to: end })
    start = Math.max(start, span.to)
  }
  if (start < to) gaps.push({ from: start, to })
  return gaps
}

/** The largest number of different people at once on any day of [from, to). O(n log n). */
export function peak(intervals: readonly PersonSpan[], from: number, to: number): Peak {
  const changes: { day: number; by: 1 | -1 }[] = []
  // Somebody with two spans at once is still one person.
  for (const spans of Map.groupBy(intervals, ({ who }) => who).values()) {
    for (const span of intersectDays(unionDays(spans), [{ from, to }])) {
      changes.push({ day: span.from, by: 1 }, { day: span.to, by: -1 })
    }
  }
  // On a day on which one goes and another comes, the one who goes is not there any more.
  changes.sort((a, b) => a.day - b.day || a.by - b.by)
  let now = 0
  let most = 0
  let firstDay: number | null = null
  for (const { day, by } of changes) {
    now += by
    if (now > most) [most, firstDay] = [now, day]
  }
  return { most, firstDay }
}
