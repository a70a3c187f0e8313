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

/** Takes the rows of a table apart: blanks that stand for the row above, cells that name several, remarks in brackets. */
export function entriesOf({ at, rows }: Layout, answers: Answers, notes: Notes): readonly Entry[] {
  const cell = ({ cells }: GridRow, column: Column) => cells[at.get(column) ?? -1] ?? ''
  const entries: Entry[] = []
  const above = { name: '', role: '', circle: '' }
  for (const row of rows) {
    const { line } = row
    const filled = (column: 'name' | 'role' | 'circle', otherwise: string) => {
      const own = cell(row, column)
      if (own !== '' || above[column] === '') return own
      const answer = blank(column, otherwise, line, answers)
      return answer === undefined ? undefined : answer === ABOVE ? above[column] : own
    }
    const dated = cell(row, 'from') !== '' || cell(row, 'period') !== ''
    const name = dated ? filled('name', NOBODY) : cell(row, 'name')
    const role = filled('role', OUT)
    const circle = at.has('circle') ? filled('circle', 'none') : ''
    Object.assign(above, { ...(name && { name }), ...(role && { role }), ...(circle && { circle }) })
    if (name === undefined || role === undefined || circle === undefined) continue
    if (name === '' || VACANT.has(plain(name))) notes.add('names nobody, and claims nothing', line)
    else if (role === '') notes.add('names no role, and is left out', line)
    else {
      const shared = { line, circle, handle: cell(row, 'handle'), from: cell(row, 'from'), to: cell(row, 'to') }
      const rest = { period: cell(row, 'period'), source: cell(row, 'source') }
      const office = withKind(role)
      const kind = kindOf(cell(row, 'kind'), line, answers) ?? office.kind
      for (const person of peopleIn(name, line, answers)) {
        const own = withKind(person)
        if (own.remark !== undefined && own.kind === undefined)
          notes.add(`"${own.remark}" beside a name is left out`, line)
        entries.push({ ...shared, ...rest, name: own.text, role: office.whole, kind: kind ?? own.kind ?? 'holder' })
      }
    }
  }
  return entries
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
  return answer === 'several people' ? several : [cell]
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
  if (cell === '') return undefined
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
