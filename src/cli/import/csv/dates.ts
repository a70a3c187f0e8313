import { DateTime } from 'luxon'
import { monthNamed } from './months.ts'
import { plain } from './plain.ts'
import { ABOUT, PARTS, SEASONS, SMALL, STILL, UNKNOWN } from './words.ts'

/** What a cell says about a date. Dates are in the form of the record, whose form is their precision. */
export type DateReading =
  | { readonly kind: 'date'; readonly date: string; readonly note?: string }
  /** 03/04/2021: two days, by the order of day and month. */
  | { readonly kind: 'either'; readonly dayFirst: string; readonly monthFirst: string }
  /** It has not ended, said in words. */
  | { readonly kind: 'still' }
  | { readonly kind: 'empty' }
  /** It says that it is not known. */
  | { readonly kind: 'unknown' }
  /** A person has to say; `maybe` is what comes nearest. */
  | { readonly kind: 'unclear'; readonly why: string; readonly maybe?: string }

const EXCEL_DAY_0 = DateTime.fromISO('1899-12-30', { zone: 'utc' })
// 1930 to 2099: whatever is outside is more likely a number of something else.
const EXCEL_DAYS = { first: 10_959, last: 73_050 } as const
const TIME = /[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]\.?m\.?)?(Z|[+-]\d{2}:?\d{2})?$/i
const NOTHING = /^[\s\-–—/.]*$/

/** Reads a cell of a column of dates. */
export function readDateCell(cell: string): DateReading {
  if (NOTHING.test(cell)) return { kind: 'empty' }
  const words = plain(cell)
  if (STILL.has(words)) return { kind: 'still' }
  if (UNKNOWN.has(words) || words === '') return { kind: 'unknown' }
  const bare = cell.replace(TIME, '').trim()
  return readNumbers(bare) ?? readWords(bare) ?? { kind: 'unclear', why: 'is no date' }
}

const date = (text: string, note?: string): DateReading => ({ kind: 'date', date: text, ...(note ? { note } : {}) })

/** A day, month or year; undefined where the calendar has none such. */
function dated(year: number, month?: number, day?: number): string | undefined {
  const at = DateTime.fromObject({ year, month: month ?? 1, day: day ?? 1 }, { zone: 'utc' })
  if (!at.isValid || year < 1000 || year > 9999) return undefined
  return at.toFormat(day !== undefined ? 'yyyy-MM-dd' : month !== undefined ? 'yyyy-MM' : 'yyyy')
}

/** A year of two digits is one of the last sixty or the next forty. */
function yearOf(digits: string): number {
  const year = Number(digits)
  if (digits.length === 4) return year
  return year > 60 ? 1900 + year : 2000 + year
}

function readNumbers(text: string): DateReading | undefined {
  if (/^\d{4}$/.test(text)) return date(text)
  if (/^\d{5}$/.test(text)) return excelDay(Number(text))
  const [, a = '', , b = '', c = ''] = /^(\d{1,4})([./\-– ]) ?(\d{1,2})\2 ?(\d{1,4})\.?$/.exec(text) ?? []
  if (a.length === 4) return found(dated(Number(a), Number(b), Number(c)))
  if (a.length > 0 && a.length < 3 && (c.length === 4 || c.length === 2)) return dayAndMonth(text, a, b, yearOf(c))
  const [, month = '', year = ''] = /^(\d{1,2})[./-](\d{4})$/.exec(text) ?? []
  if (year !== '') return found(dated(Number(year), Number(month)))
  const [, first = '', by = '', second = ''] = /^(\d{4})([./-])(\d{1,2})$/.exec(text) ?? []
  if (first === '') return undefined
  // 2011/12 may be December or the season that runs over the new year; 2011-12 is how a month is written.
  const spans = by !== '-' && second.length === 2 && Number(second) === (Number(first) + 1) % 100
  const monthOf = dated(Number(first), Number(second))
  if (spans || monthOf === undefined)
    return { kind: 'unclear', why: 'may be a month, or two years', ...(monthOf ? { maybe: monthOf } : {}) }
  return date(monthOf)
}

function dayAndMonth(text: string, a: string, b: string, year: number): DateReading {
  const dayFirst = dated(year, Number(b), Number(a))
  const monthFirst = dated(year, Number(a), Number(b))
  // With dots the day comes first wherever people write so.
  if (text.includes('.') || monthFirst === undefined || monthFirst === dayFirst) return found(dayFirst ?? undefined)
  return dayFirst === undefined ? date(monthFirst) : { kind: 'either', dayFirst, monthFirst }
}

function found(text: string | undefined): DateReading {
  return text === undefined ? { kind: 'unclear', why: 'is a day or month that no calendar has' } : date(text)
}

/** Spreadsheets count days since 1900, and write the number where a cell lost its format. */
function excelDay(days: number): DateReading | undefined {
  if (days < EXCEL_DAYS.first || days > EXCEL_DAYS.last) return undefined
  const day = EXCEL_DAY_0.plus({ days }).toISODate() ?? ''
  return date(day, `is the number a spreadsheet has for ${day}`)
}

function readWords(text: string): DateReading | undefined {
  const guessed = /[?~≈]/.test(text)
  const said = plain(text).split(' ').map(withoutOrdinal)
  const about = guessed || said.some((word) => ABOUT.has(word))
  const part = said.find((word) => PARTS.has(word) && !ABOUT.has(word))
  const winter = said.find((word) => SEASONS.winter.has(word))
  const season = said.find((word) => SEASONS.other.has(word))
  const quarter = said.find((word) => /^q[1-4]$|^quart|^trimestr|^kvartal|^kwartaal/.test(word))
  const rest = said.filter(
    (word) =>
      monthNamed(word) !== undefined ||
      (![part, winter, season, quarter].includes(word) && !SMALL.has(word) && !ABOUT.has(word)),
  )
  const year = rest.find((word) => /^\d{4}$/.test(word))
  if (winter !== undefined) return { kind: 'unclear', why: 'runs over a new year', ...(year ? { maybe: year } : {}) }
  if (year !== undefined && (season !== undefined || quarter !== undefined) && rest.every((word) => /^\d+$/.test(word)))
    return about ? unsure(year) : date(year, `is some time in ${year}: no date of the record says a part of a year`)
  const read = rest.length === 1 && year ? date(year) : (readMonth(rest, text) ?? readNumbers(rest.join('/')))
  if (read?.kind !== 'date') return read
  if (about) return unsure(read.date)
  return part === undefined || read.date.length === 10
    ? read
    : date(read.date, `is some time in ${read.date}: no date of the record says a part of one`)
}

const unsure = (maybe: string): DateReading => ({ kind: 'unclear', why: 'is a guess', maybe })

function withoutOrdinal(word: string): string {
  return /^(\d{1,2})(?:st|nd|rd|th|er|ere|e|o|a)$/.exec(word)?.[1] ?? word
}

/** A month by its name, with a year and maybe a day in any order. */
function readMonth(words: readonly string[], text: string): DateReading | undefined {
  const months = words.map(monthNamed).filter((month) => month !== undefined)
  const numbers = words.filter((word) => /^\d{1,4}$/.test(word))
  const [month] = months
  if (month === undefined || months.length !== 1 || months.length + numbers.length !== words.length) return undefined
  const year = numbers.find((number) => number.length === 4)
  if (year !== undefined) {
    const days = numbers.filter((number) => number !== year)
    if (days.length > 1) return undefined
    return found(dated(Number(year), month, days[0] === undefined ? undefined : Number(days[0])))
  }
  const [first = '', second] = numbers
  if (second !== undefined) return found(dated(yearOf(second.padStart(2, '0')), month, Number(first)))
  if (first === '') return { kind: 'unclear', why: 'has no year' }
  // A spreadsheet makes "Mar-21" of March 2021; a day without its year looks the same the other way round.
  if (/^\d/.test(text)) return { kind: 'unclear', why: 'has no year' }
  const inYear = dated(yearOf(first.padStart(2, '0')), month) ?? ''
  return date(inYear, `is read as a month, ${inYear}`)
}
