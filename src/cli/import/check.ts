import { dateBounds, parseDate } from '../../kernel/dates.ts'
import { canFollow } from '../../kernel/intervals.ts'
import type { ReadFile } from './lines.ts'
import { parentsFirst } from './order.ts'
import { type CheckedFile, type FileRow, kindOf, type LineFinding, type Reading, rowsOf } from './rows.ts'

/** All files, read and checked whole, and everything that is wrong with them. */
export interface Checked {
  /** Circles first; rows with nothing wrong, in the order they are to be sent. */
  readonly files: readonly CheckedFile[]
  readonly findings: readonly LineFinding[]
  readonly lines: number
}

/** Whether the book has a circle of this key already. */
export type KnowsCircle = (key: string) => Promise<boolean>

/** Pass 1, first half: every line by itself, without asking anybody anything. */
export function checkLines(all: readonly ReadFile[], reading: Reading): Checked {
  const findings: LineFinding[] = []
  const files: CheckedFile[] = []
  let lines = 0
  for (const read of all) {
    const { path } = read
    lines += read.lines.length
    const kind = kindOf(read)
    if (kind) {
      const checked = rowsOf(read, kind, reading)
      findings.push(...checked.findings)
      files.push(checked.file)
    } else if (read.lines.length === 0) findings.push({ file: path, line: 1, rule: 'the file has no rows' })
    else findings.push({ file: path, line: 1, rule: 'rows have neither the keys of circles nor those of holdings' })
  }
  return { files: circlesFirst(files), findings, lines }
}

/** Both of two checks of different files. */
export function checkedBoth(one: Checked, other: Checked): Checked {
  return {
    files: circlesFirst([...one.files, ...other.files]),
    findings: [...one.findings, ...other.findings],
    lines: one.lines + other.lines,
  }
}

function circlesFirst(files: readonly CheckedFile[]): readonly CheckedFile[] {
  return files.toSorted((a, b) => a.kind.localeCompare(b.kind))
}

/** Pass 1, second half: what rows say together, and about the circles the book has. Nothing is written. */
export async function checkTogether({ files, findings, lines }: Checked, knows: KnowsCircle): Promise<Checked> {
  const all = [...findings]
  const brought = new Set<unknown>()
  const result: CheckedFile[] = []
  const inAnyFile = new Set(
    files.flatMap((file) => (file.kind === 'circles' ? file.rows.map(({ row }) => row.circle) : [])),
  )
  const unknown = await unknownCircles(files, inAnyFile, knows)
  for (const file of files) {
    const own = new Set(file.kind === 'circles' ? file.rows.map(({ row }) => row.circle) : [])
    const found: LineFinding[] = []
    const add = (line: number, field: string, rule: string) => found.push({ file: file.path, line, field, rule })
    for (const { line, row } of file.rows) {
      const field = file.kind === 'circles' ? 'parent' : 'circle'
      const key = row[field]
      if (typeof key === 'string' && unknown.has(key)) add(line, field, `names the unknown circle "${key}"`)
      else if (typeof key === 'string' && inAnyFile.has(key) && !own.has(key) && !brought.has(key))
        add(line, field, `names the circle "${key}", which a later file brings: give that file first`)
      if (endsTooEarly(row)) add(line, 'to', `must be after "from" (${row.from})`)
    }
    const { sound, cyclic } = sorted(file, new Set(found.map(({ line }) => line)))
    for (const { line, row } of cyclic) add(line, 'parent', `is inside itself, by way of "${row.parent}"`)
    for (const key of own) brought.add(key)
    all.push(...found)
    result.push({ ...file, rows: sound, bad: new Set([...file.bad, ...found.map(({ line }) => line)]) })
  }
  return { files: result, findings: all.sort(byPlace(files)), lines }
}

function sorted(
  file: CheckedFile,
  bad: ReadonlySet<number>,
): { sound: readonly FileRow[]; cyclic: readonly FileRow[] } {
  const sound = file.rows.filter(({ line }) => !bad.has(line))
  if (file.kind === 'holdings') return { sound: numbered(sound), cyclic: [] }
  const { rows, cyclic } = parentsFirst(sound)
  return { sound: rows, cyclic }
}

/** Equal rows are told apart by counting them over the whole file; a batch would begin again at 0. */
function numbered(rows: readonly FileRow[]): readonly FileRow[] {
  const seen = new Map<string, number>()
  return rows.map(({ line, row }) => {
    const equal = JSON.stringify([row.memberId, row.circle, row.role, row.from])
    const ordinal = seen.get(equal) ?? 0
    seen.set(equal, ordinal + 1)
    return { line, row: row.ordinal === undefined ? { ...row, ordinal } : row }
  })
}

async function unknownCircles(
  files: readonly CheckedFile[],
  inFiles: ReadonlySet<unknown>,
  knows: KnowsCircle,
): Promise<ReadonlySet<string>> {
  const asked = new Set<string>()
  for (const { kind, rows } of files) {
    for (const { row } of rows) {
      const key = kind === 'circles' ? row.parent : row.circle
      if (typeof key === 'string' && !inFiles.has(key)) asked.add(key)
    }
  }
  const unknown = new Set<string>()
  for (const key of asked) if (!(await knows(key))) unknown.add(key)
  return unknown
}

function endsTooEarly({ from, to }: FileRow['row']): boolean {
  if (typeof from !== 'string' || typeof to !== 'string' || !parseDate(from) || !parseDate(to)) return false
  return !canFollow(dateBounds(from), dateBounds(to))
}

function byPlace(files: readonly CheckedFile[]) {
  const place = new Map(files.map(({ path }, index) => [path, index]))
  return (a: LineFinding, b: LineFinding) => (place.get(a.file) ?? -1) - (place.get(b.file) ?? -1) || a.line - b.line
}
