import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { backup, DatabaseSync } from 'node:sqlite'
import { pipeline } from 'node:stream/promises'
import { CliError, EXIT } from '../exits.ts'
import { progressOf } from '../progress.ts'

const LOCK_TIMEOUT = 5000
// 8 MiB with SQLite's pages of 4 KiB: a vault is one step, which an erasure meanwhile waits for.
const PAGES_A_STEP = 2048

/** Copies a SQLite file as it is at one moment, also while another process writes to it. Durable when it resolves. */
export async function copyOnline(source: string, target: string): Promise<void> {
  createPrivate(target)
  const database = new DatabaseSync(source, { readOnly: true, timeout: LOCK_TIMEOUT })
  try {
    // What is copied is what this transaction sees. Without it, each write of a server would make the copy begin anew.
    database.exec('BEGIN')
    const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count)
    const progress = progressOf('Copying', pages, 'pages')
    await backup(database, target, {
      rate: PAGES_A_STEP,
      progress: ({ totalPages, remainingPages }) => progress.to(totalPages - remainingPages),
    })
    progress.end()
    keepSchemaVersion(target, Number(database.prepare('PRAGMA schema_version').get()?.schema_version))
  } finally {
    database.close()
  }
}

/** SQLite's copying counts the schema's version anew, and `verify` knows the one that a ledger has. */
function keepSchemaVersion(file: string, version: number): void {
  const database = new DatabaseSync(file, { defensive: false })
  try {
    database.exec(`PRAGMA synchronous = FULL; PRAGMA schema_version = ${version}`)
  } finally {
    database.close()
  }
}

/** Copies a file that nobody writes to. */
export async function copyPlain(source: string, target: string): Promise<void> {
  createPrivate(target)
  try {
    await copyFile(source, target)
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new CliError(`${source} ${missing ? 'is missing' : 'cannot be read'}.`, EXIT.difference, { cause: error })
  }
  syncPath(target)
}

/** The SHA-256 of a file, in hex. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** What SQLite itself finds wrong with a file, in words; empty for a sound one. Never throws. */
export function damageOf(file: string): readonly string[] {
  try {
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      const rows = database.prepare('PRAGMA integrity_check').all()
      return rows.map((row) => String(row.integrity_check)).filter((line) => line !== 'ok')
    } finally {
      database.close()
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

/** Takes away the empty files that reading leaves beside a SQLite file nobody writes to. */
export function removeReadersFiles(file: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true })
}

/** Writes a JSON file of its owner's, durably; the name must be free. */
export function writeJsonFile(file: string, value: unknown): void {
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(value, undefined, 2)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Makes a file's bytes, or a directory's names, durable. */
export function syncPath(path: string): void {
  // Windows opens no directory; its file system keeps the names by itself.
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

// SQLite, and a copy, would make the file readable by everybody.
function createPrivate(file: string): void {
  closeSync(openSync(file, 'wx', 0o600))
}
