import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Engine } from '../src/engine/engine.ts'
import { perform } from '../test/support/engine.ts'

/** The community that the example data is imported into. */
export const CONGRESS = 'us-congress'

const BATCH = 500
const FOLDER = fileURLToPath(new URL('../examples/us-congress/', import.meta.url))

type Row = Readonly<Record<string, unknown>>

/** Imports the offices and committees of the United States since 1789, as in examples/us-congress. */
export async function importCongress(engine: Engine): Promise<void> {
  const community = { community: CONGRESS, name: 'United States Congress', publicRoster: true }
  await perform(engine, CONGRESS, 'FoundCommunity', community)
  await importRows(engine, 'ImportCircles', parentsFirst((await rowsOf('us-congress.circles.jsonl')).map(circleRow)))
  await importRows(engine, 'ImportHoldings', (await rowsOf('us-congress.jsonl.gz')).map(holdingRow))
}

async function importRows(engine: Engine, command: string, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) {
    await perform(engine, CONGRESS, command, { importId: 'us-congress', rows: rows.slice(from, from + BATCH) })
  }
}

async function rowsOf(file: string): Promise<readonly Row[]> {
  const bytes = await readFile(`${FOLDER}${file}`)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]))
}

function circleRow({ community: _, ...row }: Row): Row {
  return row
}

function holdingRow({ community: _, member_id: memberId, member_name: memberName, ...row }: Row): Row {
  return { ...row, memberId, memberName }
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
