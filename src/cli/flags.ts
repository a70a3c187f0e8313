import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import type { z } from 'zod'
import { CliError, EXIT } from './exits.ts'

/** How a field of a schema is given on the command line. */
export interface Flag {
  readonly field: string
  /** kebab-case, without the dashes. */
  readonly name: string
  readonly kind: 'text' | 'number' | 'boolean' | 'texts' | 'json'
  readonly required: boolean
  readonly description: string
}

interface Def {
  readonly type: string
  readonly innerType?: z.ZodType
  readonly element?: z.ZodType
  readonly in?: z.ZodType
  readonly entries?: Readonly<Record<string, string>>
  readonly defaultValue?: unknown
}

const defOf = (schema: z.ZodType) => schema.def as unknown as Def

/** `asKnownAt` → `as-known-at`; `FoundCommunity` → `found-community`. */
export function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
}

/** The flags of a schema's fields. */
export function flagsOf(schema: z.ZodObject, leaveOut: readonly string[] = []): readonly Flag[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>)
    .filter(([field]) => !leaveOut.includes(field))
    .map(([field, type]) => {
      const { inner, required, fallback, description } = unwrapped(type)
      const def = defOf(inner)
      const choices = def.type === 'enum' ? ` (${Object.values(def.entries ?? {}).join(', ')})` : ''
      const unless = fallback === undefined || emptyList(fallback) ? '' : ` (${JSON.stringify(fallback)} unless given)`
      const words = `${description}${choices}${unless}`.trim()
      return { field, name: kebab(field), kind: kindOf(inner), required, description: words }
    })
}

function unwrapped(schema: z.ZodType) {
  let inner = schema
  let required = true
  let fallback: unknown
  let description = schema.description ?? ''
  for (;;) {
    const def = defOf(inner)
    if (def.type === 'optional' || def.type === 'default' || def.type === 'prefault') required = false
    if (def.type === 'default') fallback = def.defaultValue
    const next = def.type === 'pipe' ? def.in : def.innerType
    if (!next) return { inner, required, fallback, description }
    inner = next
    description ||= inner.description ?? ''
  }
}

function emptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function kindOf(schema: z.ZodType): Flag['kind'] {
  const def = defOf(schema)
  if (def.type === 'string' || def.type === 'enum' || def.type === 'literal') return literalKind(schema)
  if (def.type === 'number' || def.type === 'int') return 'number'
  if (def.type === 'boolean') return 'boolean'
  if (def.type === 'array' && def.element && ['string', 'enum'].includes(defOf(def.element).type)) return 'texts'
  return 'json'
}

function literalKind(schema: z.ZodType): Flag['kind'] {
  const { values } = schema.def as unknown as { readonly values?: readonly unknown[] }
  return values?.every((value) => typeof value === 'boolean') ? 'boolean' : 'text'
}

const PLACEHOLDERS = { text: '<text>', number: '<n>', texts: '<text>', json: '<json>', boolean: '' } as const

/** Adds flags to a verb. `positional` fields can be given without their flag too. */
export function addFlags(verb: Command, flags: readonly Flag[], positional: readonly string[] = []): void {
  for (const flag of flags) {
    const needed = flag.required && !positional.includes(flag.field)
    const words = `${flag.description}${flag.kind === 'json' ? ' (JSON, or @file)' : ''}${needed ? ' (required)' : ''}`
    const placeholder = PLACEHOLDERS[flag.kind]
    const option = new Option(`--${flag.name}${placeholder && ` ${placeholder}`}`, words.trim())
    // Repeated, not followed by several: a list without an end would swallow what stands after it.
    if (flag.kind === 'texts')
      option.argParser((text: string, before: string[] | undefined) => [...(before ?? []), text])
    verb.addOption(option)
    if (flag.kind === 'boolean') verb.addOption(new Option(`--no-${flag.name}`).hideHelp())
  }
}

/** The fields that were given, in the form the API takes. @throws CliError for a number or JSON that is none. */
export function fieldsOf(flags: readonly Flag[], options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const flag of flags) {
    const value = options[optionKey(flag.name)]
    if (value !== undefined) fields[flag.field] = readAs(flag, value)
  }
  return fields
}

/** The key commander keeps a flag's value under. */
export function optionKey(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function readAs({ name, kind }: Flag, value: unknown): unknown {
  if (kind === 'number') {
    const number = Number(value)
    if (value === '' || !Number.isFinite(number))
      throw new CliError(`--${name} must be a number, not "${value}".`, EXIT.usage)
    return number
  }
  return kind === 'json' ? jsonFrom(String(value), `--${name}`) : value
}

/** JSON given as it is, or as the name of a file after `@`. */
export function jsonFrom(text: string, what: string): unknown {
  try {
    return JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(`${what} must be JSON, or a file of it after "@": ${reason}`, EXIT.usage, { cause: error })
  }
}
