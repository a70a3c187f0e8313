import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A directory that goes when the running test ends. */
export function scratchDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'hearthbook-vault-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** The bytes of an SQLite database as they stand on disk: the file, its write-ahead log and its index. */
export function bytesOnDisk(file: string): Buffer {
  const files = ['', '-wal', '-shm', '-journal'].map((suffix) => file + suffix)
  return Buffer.concat(files.filter((path) => existsSync(path)).map((path) => readFileSync(path)))
}
