import type { DatabaseSync } from 'node:sqlite'
import { inTransaction, openPrivateDatabase } from '../../sqlite/private-database.ts'

const SCHEMA_VERSION = 2

/** The identity file was written by a newer version of this software. */
export class IdentitySchemaNewer extends Error {
  override readonly name = 'IdentitySchemaNewer'
  constructor(found: number) {
    super(`the identity file has schema ${found}, this version knows ${SCHEMA_VERSION}; start the newer version`)
  }
}

/** Stays as it is when a version 3 comes: the step from version 1 makes exactly this. */
const SCHEMA_2 = `
CREATE TABLE tokens (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'service', 'operator', 'session', 'link')),
  community TEXT,
  person_id TEXT,
  label TEXT,
  made_by TEXT,
  scopes TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  last_used_on TEXT,
  revoked_at TEXT
) STRICT;
CREATE INDEX tokens_of_person ON tokens (community, person_id) WHERE person_id IS NOT NULL;
`

/** Statements that lead from a version to the next. SQLite cannot change a CHECK, so the table is made anew. */
const MIGRATIONS: Readonly<Record<number, string>> = {
  1: `
ALTER TABLE tokens RENAME TO tokens_before;
${SCHEMA_2}
INSERT INTO tokens (seq, id, hash, kind, community, person_id, label, scopes, created_at, expires_at, last_used_on, revoked_at)
  SELECT seq, id, hash, kind, community, person_id, label, scopes, created_at, expires_at, last_used_on, revoked_at
  FROM tokens_before;
DROP TABLE tokens_before;
`,
}

/**
 * Opens the identity file, readable by its owner only; makes its table where it is missing, and brings a file of an older
 * version up to this one.
 *
 * @throws IdentitySchemaNewer where a newer version wrote it.
 */
export function openIdentityDatabase(file: string): DatabaseSync {
  const database = openPrivateDatabase(file, {
    version: SCHEMA_VERSION,
    sql: SCHEMA_2,
    newer: (found) => new IdentitySchemaNewer(found),
  })
  try {
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** All steps or none; whoever opens the file meanwhile waits, and finds the new version. */
function migrate(database: DatabaseSync): void {
  const version = () => Number(database.prepare('PRAGMA user_version').get()?.user_version)
  if (version() >= SCHEMA_VERSION) return
  inTransaction(database, () => {
    for (let at = version(); at < SCHEMA_VERSION; at += 1) {
      const statements = MIGRATIONS[at]
      if (statements === undefined) throw new RangeError(`the identity file has schema ${at}, which never was one`)
      database.exec(`${statements} PRAGMA user_version = ${at + 1};`)
    }
  })
}
