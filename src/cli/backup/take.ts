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
  mustHaveKeys(directory)
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

/**
 * Copies the keys and credentials of a directory whose books are elsewhere, while they are in use, and verifies the
 * copies. Where they do not verify, nothing of them is left.
 * @throws CliError where the place cannot be used.
 */
export async function takeKeysBackup(
  directory: string,
  keysTo: string,
): Promise<{ readonly findings: readonly string[]; readonly keys: KeysManifest | undefined }> {
  mustHaveKeys(directory)
  refuseFilled('--keys-to', keysTo)
  makePlace(keysTo)
  const takenAt = new Date().toISOString()
  await copyKeys(directory, keysTo)
  const findings = verifyKeysCopy(keysTo)
  if (findings.length > 0) {
    removeCopies(keysTo, KEY_FILES)
    return { findings, keys: undefined }
  }
  const keys = await keysManifest(directory, keysTo, takenAt)
  writeJsonFile(join(keysTo, MANIFEST), keys)
  syncPath(keysTo)
  return { findings, keys }
}

function mustHaveKeys(directory: string): void {
  for (const name of KEY_FILES) {
    if (existsSync(join(directory, name))) continue
    throw new CliError(
      `There is no ${name} in ${directory}: without it the books' names cannot be read.`,
      EXIT.notFound,
    )
  }
}

async function copyKeys(directory: string, keysTo: string): Promise<void> {
  for (const name of KEY_FILES) await copyOnline(join(directory, name), join(keysTo, name))
}

async function keysManifest(directory: string, keysTo: string, takenAt: string): Promise<KeysManifest> {
  const serverTokenId = readServerFile(directory)?.tokenId
  return {
    format: 'hearthbook-keys-backup-1',
    takenAt,
    files: {
      'vault.db': await sha256Of(join(keysTo, 'vault.db')),
      'identity.db': await sha256Of(join(keysTo, 'identity.db')),
    },
    ...(serverTokenId === undefined ? {} : { serverTokenId }),
  }
}

async function copyAll(directory: string, to: string, keysTo: string): Promise<TakenBackup> {
  const booksTakenAt = new Date().toISOString()
  await copyOnline(join(directory, 'ledger.db'), join(to, 'ledger.db'))
  // Keys after books: a key is durable before anything is sealed with it, so whatever the copied books need is there.
  const keysTakenAt = new Date().toISOString()
  await copyKeys(directory, keysTo)

  const ledger = await verifyLedgerCopy(to)
  const verified = { ...ledger, findings: [...ledger.findings, ...verifyKeysCopy(keysTo)] }
  if (!isSound(verified)) return { verified, books: undefined, keys: undefined }

  const keys = await keysManifest(directory, keysTo, keysTakenAt)
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
  removeCopies(to, ['ledger.db', MANIFEST])
  removeCopies(keysTo, [...KEY_FILES, MANIFEST])
}

function removeCopies(place: string, names: readonly string[]): void {
  for (const name of names)
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(join(place, name + suffix), { force: true })
}
