import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { createSchema, FORMAT, SCHEMA_VERSION } from './schema.ts'

/** The file cannot be used as a ledger, for the reason that the message gives. */
export class LedgerRefused extends Error {
  override readonly name = 'LedgerRefused'
}

/** How long a statement waits for a lock that another connection holds, in milliseconds. */
const LOCK_TIMEOUT = 5000

// Older versions can lose committed transactions when a write-ahead log is reset (https://sqlite.org/wal.html#walresetbug).
const OLDEST_SQLITE = [3, 51, 3] as const

/** Refuses a SQLite that is known to lose data. Throws {@link LedgerRefused}. */
export function requireSqlite(version: string | undefined): void {
  const parts = (version ?? '0').split('.').map(Number)
  for (const [index, oldest] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0
    if (part > oldest) return
    if (part < oldest) {
      throw new LedgerRefused(
        `This Node.js comes with SQLite ${version}, which can lose data. ` +
          `Use one with SQLite ${OLDEST_SQLITE.join('.')} or newer.`,
      )
    }
  }
}

/**
 * The one writing connection; creates the file where there is none. Checkpoints are left to the caller.
 * Throws {@link LedgerRefused} in words for the operator.
 */
export function openForWriting(file: string): DatabaseSync {
  requireSqlite(process.versions.sqlite)
  return opened(file, false, (db) => {
    db.exec(`PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA recursive_triggers = ON`)
    // Nothing is changed in a file before it is known to be ours.
    const isNew = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
    if (!isNew) requireSchema(db, file)
    const mode = db.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode
    if (mode !== 'wal') throw new LedgerRefused(`The file system of ${file} cannot hold a write-ahead log.`)
    db.exec(`
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA cache_size = -65536;
      PRAGMA journal_size_limit = 67108864;
      PRAGMA wal_autocheckpoint = 0`)
    if (isNew) createSchema(db)
  })
}

/**
 * A reading connection; may stand beside a writing process. Never creates a missing file.
 * Throws {@link LedgerRefused} in words for the operator.
 */
export function openForReading(file: string): DatabaseSync {
  requireSqlite(process.versions.sqlite)
  if (!existsSync(file)) throw new LedgerRefused(`There is no ledger at ${file}.`)
  return opened(file, true, (db) => {
    db.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -16384')
    requireSchema(db, file)
  })
}

function opened(file: string, readOnly: boolean, prepare: (db: DatabaseSync) => void): DatabaseSync {
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(file, { readOnly, timeout: LOCK_TIMEOUT, allowExtension: false, defensive: true })
    prepare(db)
    return db
  } catch (error) {
    db?.close()
    if (error instanceof LedgerRefused) throw error
    throw new LedgerRefused(`${file} cannot be opened as a ledger: ${reasonOf(error)}.`, { cause: error })
  }
}

function requireSchema(db: DatabaseSync, file: string): void {
  const isOurs = db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'`).get() !== undefined
  const meta = isOurs ? db.prepare('SELECT * FROM meta').get() : undefined
  if (meta?.format !== FORMAT) throw new LedgerRefused(`${file} is not a ledger of Hearthbook.`)
  const version = Number(meta.schema_version)
  if (version > SCHEMA_VERSION) {
    throw new LedgerRefused(
      `${file} was written by a newer Hearthbook: its schema is version ${version}, ` +
        `this one knows versions up to ${SCHEMA_VERSION}. Use the newer Hearthbook.`,
    )
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
