import { CsvError, parse } from 'csv-parse/sync'
import { CliError, EXIT } from '../../exits.ts'

/** A row of cells, trimmed, and the line of the file it begins at. */
export interface GridRow {
  readonly line: number
  readonly cells: readonly string[]
}

const DELIMITERS = [';', ',', '\t', '|'] as const
const LOOKED_AT = 20
// Excel names the delimiter in a first line of its own.
const NAMED = /^sep=(.)\r?\n/i

/**
 * Reads the rows of a delimited text; blank ones are passed over. The delimiter is the one that cuts the first lines into
 * the most cells of one number.
 * @throws CliError where a quotation mark opens and never closes, naming the line.
 */
export function gridOf(path: string, text: string): readonly GridRow[] {
  const named = NAMED.exec(text)
  const body = named ? text.slice(named[0].length) : text
  const delimiter = named?.[1] ?? bestDelimiter(body)
  try {
    return rowsOf(body, delimiter).map(({ line, cells }) => ({ line: named ? line + 1 : line, cells }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new CliError(`${path} cannot be read as a table: ${error.message}.`, EXIT.usage, { cause: error })
  }
}

function rowsOf(text: string, delimiter: string, to = -1): readonly GridRow[] {
  const records = parse(text, {
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    ...(to > 0 ? { to } : {}),
  }) as unknown as readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[]
  return records
    .map(({ record, info }) => ({ line: info.lines - breaksIn(record), cells: record.map(tidied) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
}

// The reader counts to the line a record ends at; a cell may have line breaks of its own.
function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
}

/** A cell without the space around it and the runs of space and line breaks in it, no-break spaces included. */
function tidied(cell: string): string {
  return cell.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
}

function bestDelimiter(text: string): string {
  const scored = DELIMITERS.map((delimiter) => ({ delimiter, score: scoreOf(text, delimiter) }))
  return scored.reduce((best, each) => (each.score > best.score ? each : best)).delimiter
}

function scoreOf(text: string, delimiter: string): number {
  try {
    const widths = rowsOf(text, delimiter, LOOKED_AT).map(({ cells }) => cells.length)
    const common = Map.groupBy(widths, (width) => width)
    return Math.max(0, ...[...common].map(([width, rows]) => (width > 1 ? width * rows.length : 0)))
  } catch {
    return 0
  }
}
