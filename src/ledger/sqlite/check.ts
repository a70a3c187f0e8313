import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { createSchema } from './schema.ts'

/**
 * Looks for damage that SQLite or its tables can show, without knowing what the records say: the chain of hashes is
 * checked elsewhere. Returns one sentence for each finding, none for a sound file; never throws and never writes.
 */
export function checkSqliteFile(file: string): readonly string[] {
  if (!existsSync(file)) return [`There is no file ${file}.`]
  const findings: string[] = []
  let db: DatabaseSync
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
  } catch (error) {
    return [`The file cannot be opened: ${reasonOf(error)}.`]
  }
  findings.push(...rawHeaderFindings(file))
  for (const [name, check] of Object.entries(CHECKS)) {
    try {
      findings.push(...check(db))
    } catch (error) {
      findings.push(`The ${name} could not be checked: ${reasonOf(error)}.`)
    }
  }
  db.close()
  return findings
}

const CHECKS: Record<string, (db: DatabaseSync) => string[]> = {
  'structure of the file': (db) => {
    db.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON')
    // SQLite stops after 100 findings unless told otherwise.
    const rows = db.prepare('PRAGMA integrity_check(1000000)').all()
    return rows.map((row) => String(row.integrity_check)).filter((line) => line !== 'ok')
  },
  'header of the file': headerFindings,
  'references between tables': (db) =>
    db
      .prepare('PRAGMA foreign_key_check')
      .all()
      .map((row) => `Row ${row.rowid} of ${row.table} refers to a row of ${row.parent} that is not there.`),
  'tables and triggers': schemaFindings,
  'meta row': (db) => {
    const expected = withFreshLedger(metaOf)
    const actual = metaOf(db)
    return actual === expected ? [] : [`The table meta holds ${actual}, expected ${expected}.`]
  },
  'index of ids': (db) => indexFindings(db, 'sqlite_autoindex_records_1', ['id']),
  'index of revisions': (db) => indexFindings(db, 'sqlite_autoindex_records_2', ['book_id', 'revision']),
}

// Fields that nothing reads while all is well, and that every ledger has alike.
const HEADER_FIELDS = ['user_version', 'application_id', 'default_cache_size']

function headerFindings(db: DatabaseSync): string[] {
  // A changed schema raises its version too, and is named as what it is.
  const names = schemaFindings(db).length > 0 ? HEADER_FIELDS : [...HEADER_FIELDS, 'schema_version']
  const fieldsOf = (of: DatabaseSync) => names.map((name) => JSON.stringify(of.prepare(`PRAGMA ${name}`).all()))
  const expected = withFreshLedger(fieldsOf)
  return fieldsOf(db).flatMap((actual, index) => {
    const sound = actual === expected[index]
    return sound ? [] : [`The header of the file says ${actual}, expected ${expected[index]}.`]
  })
}

/** Bytes of the header that no PRAGMA tells as they are, looked at in the file itself (SQLite's file format, 1.3). */
function rawHeaderFindings(file: string): string[] {
  const header = Buffer.alloc(100)
  const descriptor = openSync(file, 'r')
  try {
    if (readSync(descriptor, header, 0, header.length, 0) < header.length) return []
    // Before the first checkpoint the file is one page that says nothing of its schema yet.
    const fresh = fstatSync(descriptor).size <= header.readUInt16BE(16)
    const fields: readonly (readonly [string, number, number])[] = [
      ['write version', header.readUInt8(18), 2],
      ['read version', header.readUInt8(19), 2],
      ['schema format', header.readUInt32BE(44), 4],
      ['text encoding', header.readUInt32BE(56), 1],
    ]
    return fields.flatMap(([name, actual, expected]) =>
      actual === expected || (fresh && actual === 0)
        ? []
        : [`The header of the file has another ${name} than Hearthbook writes.`],
    )
  } finally {
    closeSync(descriptor)
  }
}

// One side is read from the index, the other from the table: an answer from one of them alone would look sound.
function indexFindings(db: DatabaseSync, index: string, columns: readonly [string, ...string[]]): string[] {
  const isSame = columns.map((column) => `found.${column} IS row.${column}`).join(' AND ')
  const findings = db
    .prepare(
      `SELECT found.position AS position FROM records AS found INDEXED BY ${index}
       LEFT JOIN records AS row NOT INDEXED ON row.position = found.position WHERE NOT (${isSame})`,
    )
    .all()
    .map((row) => `The index ${index} and the table records differ at position ${row.position}.`)
  // Not count(*), which SQLite takes from whichever index is the smallest.
  const indexed = numberOf(db, `SELECT count(${columns[0]}) AS n FROM records INDEXED BY ${index}`)
  const stored = numberOf(db, 'SELECT count(*) AS n FROM records NOT INDEXED')
  if (indexed !== stored) findings.push(`The index ${index} has ${indexed} rows, the table records ${stored}.`)
  return findings
}

function schemaFindings(db: DatabaseSync): string[] {
  const expected = withFreshLedger(schemaOf)
  const actual = schemaOf(db)
  const findings: string[] = []
  for (const [name, sql] of expected) {
    const found = actual.get(name)
    if (found === undefined) findings.push(`The ${name} is missing.`)
    else if (found !== sql) findings.push(`The ${name} is not the one that Hearthbook makes.`)
  }
  for (const name of actual.keys()) {
    if (!expected.has(name)) findings.push(`The ${name} does not belong here.`)
  }
  return findings
}

function schemaOf(db: DatabaseSync): Map<string, string> {
  const rows = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all()
  return new Map(rows.map((row) => [`${row.type} ${row.name}`, `${row.tbl_name}: ${row.sql}`]))
}

function metaOf(db: DatabaseSync): string {
  return JSON.stringify(db.prepare('SELECT * FROM meta').all())
}

function numberOf(db: DatabaseSync, sql: string): number {
  return Number(db.prepare(sql).get()?.n)
}

function withFreshLedger<T>(read: (db: DatabaseSync) => T): T {
  const fresh = new DatabaseSync(':memory:')
  try {
    createSchema(fresh)
    return read(fresh)
  } finally {
    fresh.close()
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
