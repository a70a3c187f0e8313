import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const SCHEMA_VERSION = 1

/** The vault file was written by a newer version of this software. */
export class VaultSchemaNewer extends Error {
  override readonly name = 'VaultSchemaNewer'
  constructor(found: number) {
    super(`the vault has schema ${found}, this version knows ${SCHEMA_VERSION}; start the newer version`)
  }
}

/**
 * The journal's insert trigger drops a repeated row, for OR REPLACE would otherwise delete the old one unseen on any
 * connection that has not set recursive_triggers.
 */
const SCHEMA = `
CREATE TABLE master_key_check (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  value BLOB NOT NULL
) STRICT;
CREATE TABLE secrets (
  kind TEXT NOT NULL,
  owner TEXT NOT NULL,
  wrapped BLOB NOT NULL,
  PRIMARY KEY (kind, owner)
) STRICT, WITHOUT ROWID;
CREATE TABLE person_keys (
  community TEXT NOT NULL,
  person_id TEXT NOT NULL,
  kid TEXT NOT NULL,
  wrapped BLOB NOT NULL,
  PRIMARY KEY (community, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE erasures (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  community TEXT NOT NULL,
  person_id TEXT NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (community, person_id)
) STRICT;
CREATE TRIGGER erasures_never_change BEFORE UPDATE ON erasures
  BEGIN SELECT RAISE(ABORT, 'the erasure journal is append-only'); END;
CREATE TRIGGER erasures_never_go BEFORE DELETE ON erasures
  BEGIN SELECT RAISE(ABORT, 'the erasure journal is append-only'); END;
CREATE TRIGGER erasures_never_replaced BEFORE INSERT ON erasures
  WHEN EXISTS (
    SELECT 1 FROM erasures WHERE seq = NEW.seq OR (community = NEW.community AND person_id = NEW.person_id)
  )
  BEGIN SELECT RAISE(IGNORE); END;
`

/** secure_delete overwrites a deleted key with zeros; without it the bytes stay in the file. */
const PRAGMAS = `
PRAGMA busy_timeout = 1000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA recursive_triggers = ON;
`

/**
 * Opens the vault file, readable by its owner only, and makes its tables where they are missing.
 *
 * @throws VaultSchemaNewer where a newer version wrote it.
 */
export function openVaultDatabase(file: string): DatabaseSync {
  // SQLite would make it readable by everybody; its -wal and -shm take the mode of this file.
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file)
  try {
    database.exec(PRAGMAS)
    inTransaction(database, () => {
      const found = schemaVersion(database)
      if (found > SCHEMA_VERSION) throw new VaultSchemaNewer(found)
      if (found === 0) database.exec(`${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION};`)
    })
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Runs statements as one durable transaction; whatever they throw takes all of them back. */
export function inTransaction<T>(database: DatabaseSync, run: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = run()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite itself rolls back on some errors, a full disk for one.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version)
}
