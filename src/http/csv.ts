import { stringify } from 'csv-stringify/sync'
import type { Row } from '../kernel/define-question.ts'

/** RFC 4180 text of rows, with a heading. A cell that a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvOf(rows: readonly Row[]): string {
  return stringify(rows as Row[], { header: true, escape_formulas: true, cast: { boolean: String } })
}
