import type { Answers } from './answers.ts'
import type { GridRow } from './grid.ts'
import { plain } from './plain.ts'
import { COLUMNS, type Column, HEADINGS } from './words.ts'

/** Where in a table which column stands, and the rows below its headings. */
export interface Layout {
  readonly at: ReadonlyMap<Column, number>
  readonly headings: readonly string[]
  readonly rows: readonly GridRow[]
  /** Headings nothing is made of. */
  readonly unused: readonly string[]
}

// Titles and notes stand above the headings, not many lines of them.
const LOOKED_AT = 15
const ENOUGH = 2
const NEEDED = ['name', 'role'] as const

/**
 * Finds the headings of a table, and which is which by what columns are called in several languages. What the map file
 * says goes first, and a needed column that is not found becomes a question.
 * @returns undefined while a needed column is not known.
 */
export function layoutOf(
  rows: readonly GridRow[],
  given: Readonly<Record<string, string>>,
  answers: Answers,
): Layout | undefined {
  const own = new Map(Object.entries(given).map(([column, heading]) => [plain(heading), column as Column]))
  const meaning = (cell: string) => own.get(plain(cell)) ?? columnCalled(cell)
  const index = headingsIn(rows, meaning)
  const headings = rows[index]?.cells ?? []
  const at = new Map<Column, number>()
  for (const [place, cell] of headings.entries()) {
    const column = meaning(cell)
    if (column !== undefined && !at.has(column)) at.set(column, place)
  }
  let known = true
  const need = (column: Column, question: string) => {
    if (at.has(column)) return
    const free = headings.filter((cell, place) => cell !== '' && ![...at.values()].includes(place))
    const heading = answers.ask({ about: `column: ${column}`, question, choose: free })
    if (heading === undefined) known = false
    else at.set(column, headings.indexOf(heading))
  }
  for (const column of NEEDED) need(column, `Which column has the ${column}?`)
  if (!at.has('period')) need('from', 'Which column says since when the role was held?')
  if (!known) return undefined
  const used = new Set(at.values())
  return {
    at,
    headings,
    rows: rows.slice(index + 1).filter(({ cells }) => !isSame(cells, headings)),
    unused: headings.filter((cell, place) => cell !== '' && !used.has(place)),
  }
}

function headingsIn(rows: readonly GridRow[], meaning: (cell: string) => Column | undefined): number {
  const scores = rows.slice(0, LOOKED_AT).map(({ cells }) => new Set(cells.map(meaning).filter(Boolean)).size)
  const best = Math.max(0, ...scores)
  return best >= ENOUGH ? scores.indexOf(best) : 0
}

function columnCalled(cell: string): Column | undefined {
  const words = plain(cell.replaceAll(/[([].*?[)\]]/g, ' '))
  return COLUMNS.find((column) => HEADINGS[column].has(words))
}

// A table that was printed in pages has its headings again on each.
function isSame(cells: readonly string[], headings: readonly string[]): boolean {
  return cells.every((cell, place) => plain(cell) === plain(headings[place] ?? ''))
}
