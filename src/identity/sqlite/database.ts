import type { DatabaseSync } from 'node:sqlite'
import { openPrivateDatabase } from '../../sqlite/private-database.ts'

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

/**
 * Opens the identity file, readable by its owner only, and makes its table where it is missing.
 *
 * @throws IdentitySchemaNewer where a newer version wrote it.
 */
export function openIdentityDatabase(file: string): DatabaseSync {
  return openPrivateDatabase(file, {
    version: SCHEMA_VERSION,
    sql: SCHEMA,
    newer: (found) => new IdentitySchemaNewer(found),
  })
}
