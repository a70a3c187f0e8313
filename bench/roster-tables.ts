import { DatabaseSync } from 'node:sqlite'
import { known } from '../projections/roster/roster-on.ts'
import type { RosterView } from '../projections/roster/roster-view.ts'
import { DAY_MS } from '../src/kernel/dates.ts'
import type { RosterRow } from './roster-row.ts'

/** One way to ask SQLite. */
export interface RosterQuery {
  readonly index: string
  run(): readonly RosterRow[]
}

export interface RosterTables {
  whole(asOf: number): readonly RosterQuery[]
  ofRole(roleId: string, asOf: number): readonly RosterQuery[]
  close(): void
}

const NAMES = 'personId, roleId, circleId, kind, from_text, to_text'
const BOUNDS = 'from_earliest, from_latest, to_earliest, to_latest'
const FOREVER = 2 ** 31 - 1

// Bounds are whole days: the fewest bytes that hold them, and what an R*Tree can index without rounding.
const SCHEMA = `
CREATE TABLE holdings (
  id INTEGER PRIMARY KEY, personId TEXT NOT NULL, roleId TEXT NOT NULL, circleId TEXT NOT NULL, kind TEXT NOT NULL,
  from_text TEXT NOT NULL, to_text TEXT NOT NULL,
  from_earliest INTEGER NOT NULL, from_latest INTEGER NOT NULL,
  to_earliest INTEGER NOT NULL, to_latest INTEGER NOT NULL
) STRICT;
CREATE VIRTUAL TABLE spans USING rtree_i32(id, from_earliest, to_latest)`

const INDEXES = `
CREATE INDEX by_from ON holdings (from_earliest, to_latest, from_latest, to_earliest, ${NAMES});
CREATE INDEX by_to ON holdings (to_latest, from_earliest, from_latest, to_earliest, ${NAMES});
CREATE INDEX by_role_from ON holdings (roleId, from_earliest, to_latest, from_latest, to_earliest, ${NAMES});
CREATE INDEX by_role_to ON holdings (roleId, to_latest, from_earliest, from_latest, to_earliest, ${NAMES});
ANALYZE`

type Columns = readonly [string, string, string, string, string, string, RosterRow['certainty']]

const COLUMNS = `personId, roleId, circleId, kind, from_text, to_text,
  CASE WHEN ?1 >= from_latest AND ?1 < to_earliest THEN 'certain' ELSE 'possible' END`
const SPAN = 'from_earliest <= ?1 AND to_latest > ?1'

/** Tables in memory of the holdings a view has at a revision, with every index that could serve a roster on a day. */
export function openRosterTables(view: RosterView, revision: number): RosterTables {
  const db = new DatabaseSync(':memory:')
  db.exec(SCHEMA)
  fill(db, view, revision)
  db.exec(INDEXES)
  const query = (index: string, from: string, where: string, values: readonly (string | number)[]): RosterQuery => {
    const statement = db.prepare(`SELECT ${COLUMNS} FROM ${from} WHERE ${where}`)
    // Arrays made into objects here are a third faster than rows that node:sqlite makes objects of.
    statement.setReturnArrays(true)
    return { index, run: () => (statement.all(...values) as unknown as Columns[]).map(rowOf) }
  }
  return {
    whole: (asOf) => [
      query('covering index on (from, to)', 'holdings INDEXED BY by_from', SPAN, [dayOf(asOf)]),
      query('covering index on (to, from)', 'holdings INDEXED BY by_to', SPAN, [dayOf(asOf)]),
      query('R*Tree', 'holdings', `id IN (SELECT id FROM spans WHERE ${SPAN})`, [dayOf(asOf)]),
      query('no index', 'holdings NOT INDEXED', SPAN, [dayOf(asOf)]),
    ],
    ofRole: (roleId, asOf) =>
      ['by_role_from', 'by_role_to'].map((index) =>
        query(`covering index ${index}`, `holdings INDEXED BY ${index}`, `${SPAN} AND roleId = ?2`, [
          dayOf(asOf),
          roleId,
        ]),
      ),
    close: () => db.close(),
  }
}

function rowOf([personId, roleId, circleId, kind, from, to, certainty]: Columns): RosterRow {
  return { personId, roleId, circleId, kind, from, to, certainty }
}

function fill(db: DatabaseSync, view: RosterView, revision: number): void {
  const addRow = db.prepare(`INSERT INTO holdings (${NAMES}, ${BOUNDS}) VALUES (${Array(10).fill('?').join(', ')})`)
  const addSpan = db.prepare('INSERT INTO spans VALUES (?, ?, ?)')
  db.exec('BEGIN')
  for (const { fact, from, to } of known(view, {}, revision)) {
    const bounds = [from.earliest, from.latest, to.earliest, to.latest].map(dayOf) as [number, number, number, number]
    const names = [fact.personId, fact.roleId, fact.circleId, fact.kind, from.text, to.text]
    const { lastInsertRowid } = addRow.run(...names, ...bounds)
    addSpan.run(lastInsertRowid, bounds[0], bounds[3])
  }
  db.exec('COMMIT')
}

function dayOf(ms: number): number {
  if (ms === Number.POSITIVE_INFINITY) return FOREVER
  const day = ms / DAY_MS
  if (Number.isInteger(day)) return day
  throw new RangeError('the tables hold whole days only')
}
