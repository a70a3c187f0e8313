import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { dateBounds } from '../../../kernel/dates.ts'
import { CliError, EXIT } from '../../exits.ts'
import type { ReadFile } from '../lines.ts'
import { type Around, type Claim, type Reading, readClaims } from './claims.ts'
import { decode } from './decode.ts'
import { type GridRow, gridOf } from './grid.ts'
import type { MapFile } from './map-file.ts'

/** Whether a file is a table for people rather than lines for programs. */
export function isSheet(path: string): boolean {
  return /\.(csv|tsv|txt)$/i.test(path)
}

/** A table, read into rows of cells. */
export interface Sheet {
  readonly path: string
  readonly rows: readonly GridRow[]
}

/** @throws CliError where the file cannot be read. */
export function readSheet(path: string): Sheet {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(`The file ${path} cannot be read: ${reason}`, EXIT.notFound, { cause: error })
  }
  return { path, rows: gridOf(path, decode(bytes).text) }
}

/** What a table claims, with the answers its map file has. */
export function claimsOf({ path, rows }: Sheet, map: MapFile, around: Around): Reading {
  const answers = new Map(
    map.questions.flatMap(({ about, answer }) => (answer === null ? [] : [[about, answer] as const])),
  )
  return readClaims(basename(path), rows, { answers, columns: map.columns }, around)
}

/**
 * The lines a table comes to, as if they had been written for a program: circles the community does not have yet, then
 * holdings. Their hash is that of what they say, so that the same claims are the same import.
 */
export function linesOf({ path }: Sheet, claims: readonly Claim[], around: Around): readonly ReadFile[] {
  const known = new Map(around.circles.map(({ ref, name }) => [name, ref]))
  const refOf = (circle: string) => known.get(circle) ?? (circle === around.whole.name ? around.whole.key : circle)
  const circles = [...Map.groupBy(claims, ({ circle }) => circle)].flatMap(([name, within]) => {
    if (known.has(name)) return []
    const [first] = within.toSorted((a, b) => dateBounds(a.from).earliest - dateBounds(b.from).earliest)
    const { line = 1, from, source } = first ?? {}
    return [{ number: line, value: { circle: refOf(name), name, from, source } }]
  })
  const holdings = claims.map(({ line, memberId, memberName, circle, ...rest }) => ({
    number: line,
    value: { member_id: memberId, member_name: memberName, circle: refOf(circle), ...rest },
  }))
  return [circles, holdings].flatMap((lines) => {
    const hash = createHash('sha256').update(JSON.stringify(lines)).digest('hex')
    return lines.length === 0 ? [] : [{ path, hash, lines }]
  })
}
