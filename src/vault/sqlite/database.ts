import type { DatabaseSync } from 'node:sqlite'
import { openPrivateDatabase } from '../../sqlite/private-database.ts'

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

/**
 * Opens the vault file, readable by its owner only, and makes its tables where they are missing.
 *
 * @throws VaultSchemaNewer where a newer version wrote it.
 */
export function openVaultDatabase(file: string): DatabaseSync {
  return openPrivateDatabase(file, {
    version: SCHEMA_VERSION,
    sql: SCHEMA,
    newer: (found) => new VaultSchemaNewer(found),
  })
}
