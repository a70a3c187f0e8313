import { rosterProjection } from '../projections/roster/projection.ts'
import { rosterOn, type Selection } from '../projections/roster/roster-on.ts'
import type { RosterView } from '../projections/roster/roster-view.ts'
import type { Hearthbook } from '../src/composition/wiring.ts'
import { loadBook } from '../src/engine/loading.ts'
import { dateBounds } from '../src/kernel/dates.ts'
import { Folds } from '../src/kernel/folds.ts'
import { CONGRESS } from './congress.ts'
import { median, type Result, WrongAnswer } from './result.ts'
import type { RosterRow } from './roster-row.ts'
import { openRosterTables, type RosterQuery } from './roster-tables.ts'
import { timedMany } from './stopwatch.ts'

const ROUNDS = 9
const EACH_MS = 200
const DAY = '2018-06-01'

/** A roster on a day from the view in memory, against the fastest query for the same rows that SQLite has an index for. */
export async function measureRoster(hearthbook: Hearthbook): Promise<readonly Result[]> {
  const folds = new Folds([rosterProjection])
  const book = { community: CONGRESS, book: 'open' } as const
  const { head } = await loadBook(hearthbook.ledgers, book, hearthbook.registry.events, (event) => folds.apply(event))
  const view = folds.of(rosterProjection)
  const asOf = dateBounds(DAY).earliest
  const tables = openRosterTables(view, head)
  try {
    const roleId = commonestRole(view, asOf, head)
    return [
      compare(`whole roster on ${DAY}`, { kind: 'at least', ratio: 10 }, tables.whole(asOf), () =>
        rowsOf(view, {}, asOf, head),
      ),
      compare(`one role's holders on ${DAY}`, undefined, tables.ofRole(roleId, asOf), () =>
        rowsOf(view, { roleIds: new Set([roleId]) }, asOf, head),
      ),
    ]
  } finally {
    tables.close()
  }
}

function compare(
  name: string,
  goal: Result['goal'],
  queries: readonly RosterQuery[],
  answer: () => readonly RosterRow[],
): Result {
  const rows = sorted(answer())
  for (const { index, run } of queries) {
    if (JSON.stringify(sorted(run())) !== JSON.stringify(rows))
      throw new WrongAnswer(`${name}: ${index} has other rows`)
  }
  const ratios: number[] = []
  const times = { engine: [] as number[], best: [] as number[], index: '' }
  for (let round = 0; round < ROUNDS; round += 1) {
    const engine = timedMany(answer, EACH_MS)
    const peers = queries.map(({ index, run }) => ({ index, ms: timedMany(run, EACH_MS) }))
    const best = peers.reduce((a, b) => (b.ms < a.ms ? b : a))
    ratios.push(best.ms / engine)
    times.engine.push(engine)
    times.best.push(best.ms)
    times.index = best.index
  }
  const text = (values: readonly number[]) => `${(median(values) * 1000).toFixed(1)} µs`
  return {
    name,
    peer: `SQLite in memory, ${times.index}, the fastest of ${queries.length} ways`,
    goal,
    ratios,
    measured: text(times.engine),
    against: text(times.best),
    facts: { rows: rows.length },
  }
}

function rowsOf(view: RosterView, selection: Selection, asOf: number, revision: number): readonly RosterRow[] {
  return rosterOn(view, selection, asOf, revision).map(({ version: { fact, from, to }, certainty }) => ({
    personId: fact.personId,
    roleId: fact.roleId,
    circleId: fact.circleId,
    kind: fact.kind,
    from: from.text,
    to: to.text,
    certainty,
  }))
}

function commonestRole(view: RosterView, asOf: number, revision: number): string {
  const counts = new Map<string, number>()
  for (const { version } of rosterOn(view, {}, asOf, revision)) {
    counts.set(version.fact.roleId, (counts.get(version.fact.roleId) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  if (most === undefined) throw new WrongAnswer('nobody holds anything')
  return most[0]
}

function sorted(rows: readonly RosterRow[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort()
}
