import { z } from 'zod'
import { refuse } from '../kernel/refusal.ts'
import { RefusedRequest } from './problems.ts'

const MOST_PARAMETERS = 64

/**
 * Refuses a query string of more parameters than any address has use for, before anything is made of them.
 * @throws RefusedRequest with VALIDATION_FAILED.
 */
export function refuseManyParameters(query: unknown): void {
  if (Object.values(query as Readonly<Record<string, unknown>>).flat().length <= MOST_PARAMETERS) return
  const message = `The address has more than ${MOST_PARAMETERS} parameters.`
  throw new RefusedRequest(refuse('VALIDATION_FAILED', { message }))
}

/** A schema with what wraps it taken off: optional, default, nullable. */
function core(schema: z.ZodType): z.ZodType {
  let at = schema
  while (at instanceof z.ZodOptional || at instanceof z.ZodDefault || at instanceof z.ZodNullable)
    at = at.unwrap() as z.ZodType
  return at
}

/** Turns the texts of a query string into the values a form asks for; what fits no number or truth value stays text, for the form to refuse. */
export function fromQuery(
  query: Readonly<Record<string, unknown>>,
  shape: Readonly<Record<string, z.ZodType>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      const schema = shape[name]
      const kind = schema && core(schema)
      if (kind instanceof z.ZodArray) return [name, Array.isArray(value) ? value : [value]]
      if (kind instanceof z.ZodNumber && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
        return [name, Number(value)]
      if (kind instanceof z.ZodBoolean && (value === 'true' || value === 'false')) return [name, value === 'true']
      return [name, value]
    }),
  )
}
