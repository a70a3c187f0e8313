import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CliError, EXIT } from '../exits.ts'
import { readServerFile } from '../server-file.ts'
import { copyOnline, sha256Of, syncPath, writeJsonFile } from './files.ts'
import { type BooksManifest, backedUpBook, type KeysManifest, MANIFEST } from './manifest.ts'
import { makePlace, refuseFilled, refuseTogether } from './places.ts'
import { isSound, KEY_FILES, type VerifiedCopy, verifyKeysCopy, verifyLedgerCopy } from './verify-copy.ts'

export interface BackupPlaces {
  /** The data directory; a server may have it open. */
  readonly directory: string
  readonly to: string
  readonly keysTo: string
}

/** What a backup came to. Where it does not verify, nothing of it is left, and there is no manifest. */
export interface TakenBackup {
  readonly verified: VerifiedCopy
  readonly books: BooksManifest | undefined
  readonly keys: KeysManifest | undefined
}

/**
 * Copies a data directory while it is in use, the books to one place and their keys to another, and verifies both.
 * @throws CliError where a place cannot be used.
 */
export async function takeBackup({ directory, to, keysTo }: BackupPlaces): Promise<TakenBackup> {
  for (const name of KEY_FILES) {
    if (existsSync(join(directory, name))) continue
    throw new CliError(
      `There is no ${name} in ${directory}: without it the books' names cannot be read.`,
      EXIT.notFound,
    )
  }
  refuseTogether(['--to', to], ['--keys-to', keysTo])
  refuseFilled('--to', to)
  refuseFilled('--keys-to', keysTo)
  makePlace(to)
  makePlace(keysTo)
  try {
    const taken = await copyAll(directory, to, keysTo)
    if (!taken.books) removeFiles(to, keysTo)
    return taken
  } catch (error) {
    removeFiles(to, keysTo)
    throw error
  }
}

async function copyAll(directory: string, to: string, keysTo: string): Promise<TakenBackup> {
  const booksTakenAt = new Date().toISOString()
  await copyOnline(join(directory, 'ledger.db'), join(to, 'ledger.db'))
  // Keys after books: a key is durable before anything is sealed with it, so whatever the copied books need is there.
  const keysTakenAt = new Date().toISOString()
  for (const name of KEY_FILES) await copyOnline(join(directory, name), join(keysTo, name))

  const ledger = await verifyLedgerCopy(to)
  const verified = { ...ledger, findings: [...ledger.findings, ...verifyKeysCopy(keysTo)] }
  if (!isSound(verified)) return { verified, books: undefined, keys: undefined }

  const serverTokenId = readServerFile(directory)?.tokenId
  const keys: KeysManifest = {
    format: 'hearthbook-keys-backup-1',
    takenAt: keysTakenAt,
    files: {
      'vault.db': await sha256Of(join(keysTo, 'vault.db')),
      'identity.db': await sha256Of(join(keysTo, 'identity.db')),
    },
    ...(serverTokenId === undefined ? {} : { serverTokenId }),
  }
  const books: BooksManifest = {
    format: 'hearthbook-backup-1',
    takenAt: booksTakenAt,
    files: { 'ledger.db': await sha256Of(join(to, 'ledger.db')) },
    books: verified.reports.map(backedUpBook),
  }
  // Last of all: a directory without a manifest is no backup, whatever lies in it.
  writeJsonFile(join(keysTo, MANIFEST), keys)
  syncPath(keysTo)
  writeJsonFile(join(to, MANIFEST), books)
  syncPath(to)
  return { verified, books, keys }
}

/** Takes away what was begun; both directories were empty before. */
function removeFiles(to: string, keysTo: string): void {
  for (const [place, names] of [
    [to, ['ledger.db', MANIFEST]],
    [keysTo, [...KEY_FILES, MANIFEST]],
  ] as const)
    for (const name of names)
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(join(place, name + suffix), { force: true })
}
