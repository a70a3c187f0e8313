import type { z } from 'zod'
import type { Registry } from '../../kernel/registry.ts'
import type { Line, ReadFile } from './lines.ts'

/** What roles of a source mean here, by their names there. */
export type RoleMap = ReadonlyMap<string, { readonly kind?: string | undefined; readonly weight?: number | undefined }>

export type FileKind = 'circles' | 'holdings'

/** One row of a file in the form its command takes, and where it stands. */
export interface FileRow {
  readonly line: number
  readonly row: Readonly<Record<string, unknown>>
}

/** Something wrong with a line: `file:line: field "x" rule`. */
export interface LineFinding {
  readonly file: string
  readonly line: number
  readonly field?: string
  readonly rule: string
}

export interface CheckedFile {
  readonly path: string
  readonly hash: string
  readonly kind: FileKind
  readonly rows: readonly FileRow[]
  /** Lines that have something wrong. */
  readonly bad: ReadonlySet<number>
  /** Communities the rows name. */
  readonly communities: ReadonlySet<string>
}

/** Keys as other programs write them, and as the commands take them. */
const ALIASES: Readonly<Record<string, string>> = {
  member_id: 'memberId',
  member_name: 'memberName',
  source_recorded_at: 'sourceRecordedAt',
}
const COMMANDS = { circles: 'ImportCircles', holdings: 'ImportHoldings' } as const

/** What rows are read with beside the file itself. */
export interface Reading {
  readonly registry: Registry
  readonly map: RoleMap
  readonly basis?: string | undefined
}

/** What a file brings, told by the keys of its rows; undefined where no row tells. */
export function kindOf({ lines }: ReadFile): FileKind | undefined {
  for (const { value } of lines) {
    if (!value) continue
    if ('role' in value || 'member_id' in value || 'memberId' in value) return 'holdings'
    if ('circle' in value && 'name' in value) return 'circles'
  }
  return undefined
}

/** Checks every row of a file by the schema its command checks it with, and puts the rows into that form. */
export function rowsOf(
  file: ReadFile,
  kind: FileKind,
  reading: Reading,
): { file: CheckedFile; findings: LineFinding[] } {
  const schema = rowSchema(reading.registry, kind)
  const findings: LineFinding[] = []
  const rows: FileRow[] = []
  const bad = new Set<number>()
  const communities = new Set<string>()
  for (const line of file.lines) {
    const own = checkLine(line, kind, schema, reading)
    if (own.community !== undefined) communities.add(own.community)
    if (own.row) rows.push({ line: line.number, row: own.row })
    else bad.add(line.number)
    for (const finding of own.findings) findings.push({ file: file.path, line: line.number, ...finding })
  }
  return { file: { path: file.path, hash: file.hash, kind, rows, bad, communities }, findings }
}

function checkLine(line: Line, kind: FileKind, schema: z.ZodType, { map, basis }: Reading) {
  const findings: { field?: string; rule: string }[] = []
  if (!line.value) return { findings: [{ rule: line.problem ?? 'cannot be read' }] }
  const row: Record<string, unknown> = {}
  let community: string | undefined
  for (const [key, value] of Object.entries(line.value)) {
    const name = ALIASES[key] ?? key
    if (name === 'community') {
      if (typeof value === 'string') community = value
      else findings.push({ field: key, rule: 'must be the name of a community' })
    } else if (Object.hasOwn(row, name)) findings.push({ field: key, rule: `is there twice, also as "${name}"` })
    else row[name] = value
  }
  if (kind === 'holdings') {
    const mapped = typeof row.role === 'string' ? map.get(row.role) : undefined
    if (mapped?.kind !== undefined) row.kind ??= mapped.kind
    if (mapped?.weight !== undefined) row.weight ??= mapped.weight
    if (basis !== undefined) row.basis ??= basis
  }
  const parsed = schema.safeParse(row)
  if (!parsed.success) findings.push(...parsed.error.issues.flatMap((issue) => findingsOf(issue, row)))
  return findings.length > 0 ? { findings, community } : { findings, community, row }
}

function findingsOf(
  issue: z.core.$ZodIssue,
  row: Readonly<Record<string, unknown>>,
): { field: string; rule: string }[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((field) => ({ field, rule: 'is not known' }))
  const field = issue.path.join('.')
  if (row[field] === undefined && issue.code === 'invalid_type') return [{ field, rule: 'is missing' }]
  return [{ field, rule: issue.message.replace(/^Invalid input: /, 'is not right: ') }]
}

function rowSchema(registry: Registry, kind: FileKind): z.ZodType {
  const { rows } = (registry.commands.get(COMMANDS[kind])?.schema as z.ZodObject | undefined)?.shape ?? {}
  const element = (rows as unknown as { readonly def?: { readonly element?: z.ZodType } } | undefined)?.def?.element
  if (!element) throw new TypeError(`the command ${COMMANDS[kind]} takes no rows`)
  return element
}
