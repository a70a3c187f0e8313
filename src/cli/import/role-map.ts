import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { CliError, EXIT } from '../exits.ts'

const schema = z.strictObject({
  roles: z.record(z.string(), z.strictObject({ kind: z.string().optional(), weight: z.number().optional() })),
})

/** What roles of a source mean here, by their names there. */
export type RoleMap = ReadonlyMap<string, { readonly kind?: string | undefined; readonly weight?: number | undefined }>

/** Reads a map of roles; without a file every role means what it says. */
export function readRoleMap(path: string | undefined): RoleMap {
  if (path === undefined) return new Map()
  try {
    return new Map(Object.entries(schema.parse(JSON.parse(readFileSync(path, 'utf8'))).roles))
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error)
    throw new CliError(`The map ${path} cannot be used: ${reason}`, EXIT.usage, { cause: error })
  }
}
