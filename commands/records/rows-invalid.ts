import { type Refusal, refuse } from '../../src/kernel/refusal.ts'

/** What is wrong with one row of an import batch; `row` counts from 0 within the batch. */
export interface RowFinding {
  readonly row: number
  readonly field: string
  readonly rule: string
}

export const ROW_INVALID =
  'A row names something unknown or contradicts itself. Each finding names the row, the field and the rule; nothing of the batch was kept.'
const SHOWN = 100

/** Refuses a batch for its rows, naming the first hundred findings. */
export function rowsInvalid(findings: readonly RowFinding[]): Refusal {
  const first = findings[0]
  return refuse('ROW_INVALID', {
    ...(first ? { pointer: `/rows/${first.row}/${first.field}` } : {}),
    facts: { findings: findings.slice(0, SHOWN), count: findings.length },
    message: first ? `Row ${first.row}: "${first.field}" ${first.rule}.` : ROW_INVALID,
  })
}
