import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const SCHEMA_VERSION = 1

/** The identity file was written by a newer version of this software. */
export class IdentitySchemaNewer extends Error {
  override readonly name = 'IdentitySchemaNewer'
  constructor(found: number) {
    super(`the identity file has schema ${found}, this version knows ${SCHEMA_VERSION}; start the newer version`)
  }
}

const SCHEMA = `
CREATE TABLE tokens (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'service', 'operator')),
  community TEXT,
  person_id TEXT,
  label TEXT,
  scopes TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  last_used_on TEXT,
  revoked_at TEXT
) STRICT;
`

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
 * Opens the identity file, readable by its owner only, and makes its table where it is missing.
 *
 * @throws IdentitySchemaNewer where a newer version wrote it.
 */
export function openIdentityDatabase(file: string): DatabaseSync {
  // SQLite would make it readable by everybody; its -wal and -shm take the mode of this file.
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file)
  try {
    database.exec(PRAGMAS)
    inTransaction(database, () => {
      const found = Number(database.prepare('PRAGMA user_version').get()?.user_version)
      if (found > SCHEMA_VERSION) throw new IdentitySchemaNewer(found)
      if (found === 0) database.exec(`${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION};`)
    })
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Runs statements as one durable transaction; whatever they throw takes all of them back. */
export function inTransaction(database: DatabaseSync, run: () => void): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    run()
    database.exec('COMMIT')
  } catch (error) {
    // SQLite itself rolls back on some errors, a full disk for one.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
