import { z } from 'zod'

/**
 * Who may read a field, and so how it is kept: 0 public where the community opted in, 1 the community's members,
 * 2 the parties, 3 sealed per case, 4 secrets, which are never in an event. See `docs/explanation/privacy.md`.
 */
export type DataClass = 0 | 1 | 2 | 3 | 4

const classes = z.registry<{ dataClass: DataClass }>()

/** Marks a schema, and all below it that is not marked itself, with a data class. */
export function classed<S extends z.ZodType>(dataClass: DataClass, schema: S): S {
  classes.add(schema, { dataClass })
  return schema
}

/** The class a schema was marked with. */
export function dataClassOf(schema: z.ZodType): DataClass | undefined {
  return classes.get(schema)?.dataClass
}
