import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** secure_delete overwrites what is deleted with zeros; without it the bytes of a key stay in the file. */
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

export interface PrivateSchema {
  readonly version: number
  /** Statements that make the tables of this version in an empty file. */
  readonly sql: string
  /** The error for a file of a newer version. */
  newer(found: number): Error
}

/**
 * Opens a SQLite file that holds secrets, readable by its owner only, and makes its tables where they are missing.
 * @throws what `schema.newer` makes, where a newer version wrote the file.
 */
export function openPrivateDatabase(file: string, schema: PrivateSchema): DatabaseSync {
  // SQLite would make it readable by everybody; its -wal and -shm take the mode of this file.
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file)
  try {
    database.exec(PRAGMAS)
    inTransaction(database, () => {
      const found = Number(database.prepare('PRAGMA user_version').get()?.user_version)
      if (found > schema.version) throw schema.newer(found)
      if (found === 0) database.exec(`${schema.sql} PRAGMA user_version = ${schema.version};`)
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
