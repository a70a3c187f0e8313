import Table from 'cli-table3'
import { shown } from './output.ts'

type Cell = string | number | boolean | null | undefined

const BARE = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const

const NARROWEST = 24

/** Rows as a table without lines, which can be read and also cut apart. Columns that are empty throughout are left out. */
export function tableOf(rows: readonly Readonly<Record<string, Cell>>[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = names.filter((name) => rows.some((row) => cellText(row[name]) !== ''))
  const width = process.stdout.isTTY
    ? Math.max(NARROWEST, Math.floor(process.stdout.columns / 3))
    : Number.POSITIVE_INFINITY
  const table = new Table({
    head: columns.map(headingOf),
    chars: BARE,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  })
  for (const row of rows) table.push(columns.map((name) => shortened(cellText(row[name]), width)))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** `knownPeople` reads `KNOWN PEOPLE`. */
function headingOf(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toUpperCase()
}

function cellText(value: Cell): string {
  if (value === null || value === undefined || value === false) return ''
  return value === true ? 'yes' : shown(String(value))
}

function shortened(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text
}
