import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Engine } from '../src/engine/engine.ts'
import { perform } from '../test/support/engine.ts'

const BATCH = 500

type Row = Readonly<Record<string, unknown>>

/** A record of the folder `examples`, to be imported into a community of its own. */
export interface ExampleRecord {
  readonly community: string
  readonly name: string
  readonly circles: string
  readonly holdings: string
  /** Roles that stand for another kind of holding than that of a holder. */
  readonly kinds?: Readonly<Record<string, string>>
}

/** Founds a community and imports a record into it. */
export async function importExample(engine: Engine, record: ExampleRecord): Promise<void> {
  const { community, name, circles, holdings, kinds = {} } = record
  await perform(engine, community, 'FoundCommunity', { community, name, publicRoster: true })
  await importRows(engine, community, 'ImportCircles', parentsFirst((await rowsOf(community, circles)).map(circleRow)))
  const rows = (await rowsOf(community, holdings)).map((row) => holdingRow(row, kinds))
  await importRows(engine, community, 'ImportHoldings', rows)
}

async function importRows(engine: Engine, community: string, command: string, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH)
    await perform(engine, community, command, { importId: community, rows: rows.slice(from, from + BATCH) })
}

async function rowsOf(folder: string, file: string): Promise<readonly Row[]> {
  const bytes = await readFile(fileURLToPath(new URL(`../examples/${folder}/${file}`, import.meta.url)))
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]))
}

function circleRow({ community: _, ...row }: Row): Row {
  return row
}

function holdingRow(
  { community: _, member_id: memberId, member_name: memberName, ...row }: Row,
  kinds: Readonly<Record<string, string>>,
): Row {
  const kind = kinds[String(row.role)]
  return { ...row, memberId, memberName, ...(kind === undefined ? {} : { kind }) }
}

/** A circle may name as its parent only what came before it. */
function parentsFirst(rows: readonly Row[]): readonly Row[] {
  const placed = new Set<unknown>([null, undefined])
  const ordered: Row[] = []
  let waiting = rows
  while (waiting.length > 0) {
    const ready = waiting.filter((row) => placed.has(row.parent))
    if (ready.length === 0) throw new Error('a circle names a parent that is not there')
    for (const row of ready) placed.add(row.circle)
    ordered.push(...ready)
    waiting = waiting.filter((row) => !ready.includes(row))
  }
  return ordered
}
