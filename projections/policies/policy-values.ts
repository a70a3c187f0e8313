import { z } from 'zod'
import type { Row } from '../../src/kernel/define-question.ts'

/** The value of a rule: one of its own kind, or an object of several. */
export const policyValue = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
  z.array(z.unknown()),
  z.record(z.string(), z.unknown()),
])

/** A value in a flat row: as it is, or as JSON text. */
export function flatValue(value: z.output<typeof policyValue>): Row[string] {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
