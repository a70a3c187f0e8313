import type { Answers } from './answers.ts'
import type { Layout } from './columns.ts'
import type { GridRow } from './grid.ts'
import { readNameCell } from './names.ts'
import type { Notes } from './notes.ts'
import { plain } from './plain.ts'
import { type Column, KINDS, VACANT } from './words.ts'

/** One person in one role, as a row says it; nothing is compared with other rows yet. */
export interface Entry {
  readonly line: number
  readonly name: string
  readonly handle: string
  readonly role: string
  /** Empty where the row names none. */
  readonly circle: string
  readonly kind: string
  readonly from: string
  readonly to: string
  readonly period: string
  readonly source: string
}

const ABOVE = 'as in the row above'
const OUT = 'leave these rows out'
const NOBODY = 'nobody held it'

/**
 * Takes the rows of a table apart: blanks that stand for the row above, cells that name several, remarks in brackets. A row
 * of which a question is open has no entry yet.
 */
export function entriesOf({ at, rows }: Layout, answers: Answers, notes: Notes): readonly Entry[] {
  const cell = ({ cells }: GridRow, column: Column) => cells[at.get(column) ?? -1] ?? ''
  const above = { name: '', role: '', circle: '' }
  return rows.flatMap((row) => {
    const { line } = row
    const filled = (column: keyof typeof above, otherwise: string) => {
      const own = cell(row, column)
      if (own !== '' || above[column] === '' || !at.has(column)) return own
      const answer = blank(column, otherwise, line, answers)
      return answer === undefined ? undefined : answer === ABOVE ? above[column] : own
    }
    const dated = cell(row, 'from') !== '' || cell(row, 'period') !== ''
    const name = dated ? filled('name', NOBODY) : cell(row, 'name')
    const role = filled('role', OUT)
    const circle = filled('circle', 'none')
    Object.assign(above, { ...(name && { name }), ...(role && { role }), ...(circle && { circle }) })
    if (name === undefined || role === undefined || circle === undefined) return []
    if (name === '' || VACANT.has(plain(name))) notes.add('names nobody, and claims nothing', line)
    else if (role === '') notes.add('names no role, and is left out', line)
    else {
      const office = withKind(role)
      const kind = cell(row, 'kind') === '' ? (office.kind ?? '') : kindOf(cell(row, 'kind'), line, answers)
      const people = peopleIn(name, line, answers)
      if (kind === undefined) return []
      const said = (column: Column) => cell(row, column)
      const dates = { from: said('from'), to: said('to'), period: said('period') }
      const rest = { line, circle, handle: said('handle'), source: said('source'), ...dates }
      return people.map((person) => ({ ...rest, role: office.whole, ...heldBy(person, kind, line, notes) }))
    }
    return []
  })
}

function heldBy(cell: string, said: string, line: number, notes: Notes): { name: string; kind: string } {
  const { text, remark, kind } = withKind(cell)
  if (remark !== undefined && kind === undefined) notes.add(`"${remark}" beside a name is left out`, line)
  return { name: text, kind: said || (kind ?? 'holder') }
}

function blank(column: string, otherwise: string, line: number, answers: Answers): string | undefined {
  return answers.ask({
    about: `blank ${column}`,
    question: `Some rows leave the ${column} blank. What does a blank there mean?`,
    choose: [ABOVE, otherwise],
    lines: [line],
  })
}

function peopleIn(cell: string, line: number, answers: Answers): readonly string[] {
  const { several } = readNameCell(cell)
  if (!several) return [cell]
  const answer = answers.ask({
    about: `name: ${cell}`,
    question: `Does "${cell}" name several people (${several.join('; ')}), or is it one name?`,
    choose: ['several people', 'one name'],
    lines: [line],
  })
  return answer === undefined ? [] : answer === 'one name' ? [cell] : several
}

/** A text and what stands in brackets in it, which may say of what kind a holding is. */
function withKind(cell: string) {
  const { name, remark } = readNameCell(cell)
  const kind = remark === undefined ? undefined : kindCalled(remark)
  const text = cell.includes('(') || cell.includes('[') || cell.includes(',') ? name : cell
  // Brackets at a role that say no kind are part of its name.
  return { text, remark, kind, whole: kind === undefined ? cell : text }
}

function kindCalled(text: string): string | undefined {
  const words = plain(text)
  return Object.keys(KINDS).find((kind) => plain(kind) === words || KINDS[kind]?.has(words))
}

function kindOf(cell: string, line: number, answers: Answers): string | undefined {
  return (
    kindCalled(cell) ??
    answers.ask({
      about: `kind: ${cell}`,
      question: `What does "${cell}" say somebody is to a role?`,
      choose: Object.keys(KINDS),
      lines: [line],
    })
  )
}
