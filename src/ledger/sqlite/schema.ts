import type { DatabaseSync } from 'node:sqlite'

/** Version of the tables below. A file with a newer one is refused. */
export const SCHEMA_VERSION = 1

/** Tells a ledger from any other SQLite file. */
export const FORMAT = 'hearthbook-ledger'

// SQLite keeps these texts as they are, and `verify` compares them letter by letter: a changed text is a new version.
const STATEMENTS = [
  `CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  format TEXT NOT NULL,
  schema_version INTEGER NOT NULL
) STRICT`,
  `CREATE TABLE books (
  id INTEGER PRIMARY KEY,
  community TEXT NOT NULL,
  book TEXT NOT NULL CHECK (book IN ('open', 'private')),
  UNIQUE (community, book)
) STRICT`,
  `CREATE TABLE records (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  book_id INTEGER NOT NULL REFERENCES books (id),
  revision INTEGER NOT NULL CHECK (revision >= 0),
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (book_id, revision)
) STRICT`,
  refusal('books', 'UPDATE'),
  refusal('books', 'DELETE'),
  refusal('records', 'UPDATE'),
  refusal('records', 'DELETE'),
]

function refusal(table: string, verb: string): string {
  return `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN
  SELECT RAISE(ABORT, '${table} are only ever added to');
END`
}

/** Creates the tables and triggers, and the one row of `meta`, in one transaction. The database must be empty. */
export function createSchema(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    for (const statement of STATEMENTS) db.exec(statement)
    db.prepare('INSERT INTO meta (id, format, schema_version) VALUES (1, ?, ?)').run(FORMAT, SCHEMA_VERSION)
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
