import { z } from 'zod'

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
