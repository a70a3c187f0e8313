import { parseDate } from '../../../kernel/dates.ts'
import type { Answers } from './answers.ts'
import { type DateReading, readDateCell } from './dates.ts'
import type { Entry } from './entries.ts'
import type { Notes } from './notes.ts'
import { plain } from './plain.ts'
import { SMALL, STILL } from './words.ts'

/** A date the record takes; null for an end that has not come, and then whether a word said so. */
export interface When {
  readonly date: string | null
  readonly silent?: boolean
}

/** What a row says of a beginning or an end: a date, that it is to be left out, or undefined while a question is open. */
export type Said = When | 'leave out' | undefined

const OUT = 'leave the row out'
const FORM = 'a date such as 2021, 2021-03 or 2021-03-10'
const ON = 'it goes on'
const WITHIN = 'it began and ended then'

/** Reads the dates of entries, and asks where a cell can be read in more than one way. */
export class Calendar {
  readonly #answers: Answers
  readonly #notes: Notes
  readonly #evidence: { readonly dayFirst: number[]; readonly monthFirst: number[] }

  constructor(entries: readonly Entry[], answers: Answers, notes: Notes) {
    this.#answers = answers
    this.#notes = notes
    this.#evidence = { dayFirst: [], monthFirst: [] }
    for (const { line, from, to } of entries) for (const cell of [from, to]) this.#note(cell, line)
  }

  /** The two cells a row dates itself with. */
  cellsOf({ from, to, period, line }: Entry): readonly [string, string] {
    const [begins, ends] = to === '' ? split(from) : [from, to]
    if (period === '' || from !== '') return [begins, ends]
    const parts = split(period)
    if (parts[1] !== '' || beginsWithSince(period) || readDateCell(period).kind !== 'date') return parts
    const answer = this.#answers.ask({
      about: `period: ${period}`,
      question: `"${period}" names one date. Did a holding begin then and go on, or end then, too?`,
      choose: [ON, WITHIN],
      lines: [line],
    })
    return answer === WITHIN ? [period, period] : parts
  }

  begin(cell: string, who: string, line: number): Said {
    const reading = readDateCell(cell)
    if (reading.kind === 'empty' || reading.kind === 'unknown' || reading.kind === 'still') {
      const question = `Since when: ${who}? The row does not say; a year is enough.`
      return this.#askDate(`begin: ${who}`, question, [FORM, OUT], line, (text) =>
        text === OUT ? 'leave out' : undefined,
      )
    }
    return this.#resolved(reading, cell, line, false)
  }

  end(cell: string, who: string, line: number): Said {
    const reading = readDateCell(cell)
    if (reading.kind === 'still') return { date: null }
    if (reading.kind === 'empty') return { date: null, silent: true }
    if (reading.kind === 'unknown') {
      const question = `Until when: ${who}? The row says that it is not known; a year is enough.`
      return this.#askDate(`end: ${who}`, question, [FORM, 'still', OUT], line, (text) =>
        text === OUT ? 'leave out' : stillIn(text),
      )
    }
    return this.#resolved(reading, cell, line, true)
  }

  /** Until when, where a row is silent and somebody else begins later. */
  endBefore(who: string, line: number, next: { readonly who: string; readonly from: string }): When | undefined {
    const question = `Until before when: ${who}? The row does not say, and ${next.who} follows from ${next.from} on.`
    const said = this.#askDate(`end: ${who}`, question, [next.from, 'still'], line, stillIn)
    return said === 'leave out' ? undefined : said
  }

  #resolved(reading: DateReading, cell: string, line: number, isEnd: boolean): Said {
    if (reading.kind === 'date') {
      if (reading.note) this.#notes.add(`"${cell}" ${reading.note}`, line)
      return { date: reading.date }
    }
    if (reading.kind === 'either') {
      const order = this.#askOrder(cell, line)
      return order === undefined ? undefined : { date: order === 'day first' ? reading.dayFirst : reading.monthFirst }
    }
    if (reading.kind !== 'unclear') return undefined
    const choose = [reading.maybe ?? FORM, ...(isEnd ? ['still'] : []), OUT]
    return this.#askDate(`date: ${cell}`, `Which date is "${cell}"? It ${reading.why}.`, choose, line, (text) =>
      text === OUT ? 'leave out' : isEnd ? stillIn(text) : undefined,
    )
  }

  #askOrder(cell: string, line: number): string | undefined {
    const { dayFirst, monthFirst } = this.#evidence
    const shows = (lines: readonly number[], order: string) =>
      lines.length > 0 ? ` Line ${lines[0]} can only be read ${order} first.` : ''
    return this.#answers.ask({
      about: 'date order',
      question: `In dates such as "${cell}", does the day or the month come first?${shows(dayFirst, 'day')}${shows(monthFirst, 'month')}`,
      choose: ['day first', 'month first'],
      lines: [line],
    })
  }

  #askDate(
    about: string,
    question: string,
    choose: readonly string[],
    line: number,
    otherwise: (text: string) => 'leave out' | 'still' | undefined,
  ): Said {
    const answer = this.#answers.ask({
      about,
      question,
      choose,
      lines: [line],
      accepts: (text) => otherwise(text) ?? (parseDate(text) ? text : undefined),
    })
    if (answer === undefined || answer === 'leave out') return answer
    return { date: answer === 'still' ? null : answer }
  }

  #note(cell: string, line: number): void {
    const [, a = '', by, b = ''] = /^(\d{1,2})([/-])(\d{1,2})\2\d{2,4}$/.exec(cell) ?? []
    if (by === undefined) return
    if (Number(a) > 12) this.#evidence.dayFirst.push(line)
    if (Number(b) > 12) this.#evidence.monthFirst.push(line)
  }
}

function stillIn(text: string): 'still' | undefined {
  return STILL.has(plain(text)) ? 'still' : undefined
}

function beginsWithSince(text: string): boolean {
  const [first = '', ...rest] = plain(text).split(' ')
  return rest.length > 0 && SMALL.has(first)
}

/** `2019–2021`, `March 2019 to still`: a beginning and an end; a text that is no two dates stays whole. */
function split(text: string): readonly [string, string] {
  const cuts = [
    /\s+[-–—]+\s+/,
    /\s*[–—]\s*/,
    /\s+(?:to|until|till|bis|jusqu'?à|à|au|hasta|al?|tot|fino al?|até|till)\s+/i,
    /-/,
  ]
  for (const cut of cuts) {
    const parts = text.split(cut)
    const [begins = '', ends = ''] = parts
    if (parts.length === 2 && isDated(begins) && (ends === '' || isDated(ends) || STILL.has(plain(ends))))
      return [begins, ends === '' ? 'still' : ends]
  }
  return [text, '']
}

function isDated(text: string): boolean {
  const { kind } = readDateCell(text)
  return kind === 'date' || kind === 'either'
}
