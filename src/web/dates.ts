import { h, type JSX } from 'preact'

// Making a formatter costs more than a page; they are made once.
const FORMATS = {
  year: new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone: 'UTC' }),
  month: new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long', timeZone: 'UTC' }),
  day: new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' }),
  instant: new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }),
} as const

/** A date of the record in words, no more exact than it is known: `March 2024`, `15 March 2024 at 09:30 UTC`. */
export function dateWords(text: string): string {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) return text
  if (text.length === 4) return FORMATS.year.format(ms)
  if (text.length === 7) return FORMATS.month.format(ms)
  if (text.length === 10 || isMidnight(ms)) return FORMATS.day.format(ms)
  return `${FORMATS.instant.format(ms)} UTC`
}

/** The day a moment is on, as a date field takes it. */
export function dayOf(text: string): string {
  return new Date(Date.parse(text)).toISOString().slice(0, 10)
}

/** A date as an element that says it to machines, too. */
export function when(text: string): JSX.Element {
  return h('time', { dateTime: text }, dateWords(text))
}

function isMidnight(ms: number): boolean {
  return ms % 86_400_000 === 0
}
