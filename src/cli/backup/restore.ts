import { join } from 'node:path'
import type { Registry } from '../../kernel/registry.ts'
import { copyPlain, sha256Of, syncPath } from './files.ts'
import { type Forgotten, forget, type Replaced, readReplaced } from './forgotten.ts'
import { type BackedUpBook, backedUpBook, readBooksManifest, readKeysManifest } from './manifest.ts'
import { refuseFilled, refuseMountPoint } from './places.ts'
import { inStagedDirectory } from './staged.ts'
import { isSound, KEY_FILES, type VerifiedCopy, verifyKeysCopy, verifyLedgerCopy } from './verify-copy.ts'

export interface RestorePlaces {
  readonly from: string
  readonly keysFrom: string
  /** The directory to be made; a new or empty one. */
  readonly data: string
  /** The directory that is replaced, whose erasures hold in the new one too. */
  readonly journalOf?: string
}

/** What a restore came to. Where the backup does not verify, nothing was put in place. */
export interface Restored {
  readonly verified: VerifiedCopy
  readonly takenAt: string
  /** The keys were copied before the books were: whoever came in between cannot be read. */
  readonly keysAreOlder: boolean
  readonly forgotten: Forgotten | undefined
}

/**
 * Makes a data directory out of a backup of books and one of keys. Everything is verified in a directory beside, which is
 * then moved into place.
 * @throws CliError where a place cannot be used, or holds no backup.
 */
export async function restoreBackup(places: RestorePlaces, registry: Registry): Promise<Restored> {
  refuseFilled('--data', places.data)
  const books = readBooksManifest(places.from)
  const keys = readKeysManifest(places.keysFrom)
  const replaced = places.journalOf === undefined ? undefined : await readReplaced(places.journalOf)
  refuseMountPoint('--data', places.data)
  const frame = { takenAt: books.takenAt, keysAreOlder: keys.takenAt < books.takenAt }
  return inStagedDirectory<Restored>(places.data, async (directory) => {
    const findings = [
      ...(await bringFile('ledger.db', places.from, directory, books.files['ledger.db'])),
      ...(await bringFile('vault.db', places.keysFrom, directory, keys.files['vault.db'])),
      ...(await bringFile('identity.db', places.keysFrom, directory, keys.files['identity.db'])),
    ]
    const ledger = await verifyLedgerCopy(directory)
    const verified = {
      reports: ledger.reports,
      findings: [
        ...findings,
        ...ledger.findings,
        ...verifyKeysCopy(directory),
        ...otherBooks(books.books, ledger.reports.map(backedUpBook)),
      ],
    }
    if (!isSound(verified)) return { keep: false, result: { ...frame, verified, forgotten: undefined } }
    const forgotten = await settle(directory, registry, replaced, keys.serverTokenId)
    return { keep: true, result: { ...frame, verified, forgotten } }
  })
}

/** Copies a file of the backup. @returns what is wrong with the copy: it is the one that is going to be used. */
async function bringFile(name: string, from: string, to: string, expected: string): Promise<readonly string[]> {
  const copy = join(to, name)
  await copyPlain(join(from, name), copy)
  const found = await sha256Of(copy)
  if (found === expected) return []
  return [`${name}: not the file that was backed up: its SHA-256 is ${found}, the manifest says ${expected}`]
}

/** Books that are not as the manifest says, in words. */
function otherBooks(expected: readonly BackedUpBook[], found: readonly BackedUpBook[]): readonly string[] {
  const nameOf = ({ community, book }: BackedUpBook) => `${community}, ${book} book`
  const here = new Map(found.map((book) => [nameOf(book), book]))
  const different = expected.flatMap((book) => {
    const other = here.get(nameOf(book))
    here.delete(nameOf(book))
    if (!other) return [`${nameOf(book)}: missing, and the manifest has it`]
    const same = other.records === book.records && other.hash === book.hash && other.root === book.root
    return same
      ? []
      : [
          `${nameOf(book)}: root ${other.root} of ${other.records} records, the manifest says ${book.root} of ${book.records}`,
        ]
  })
  return [...different, ...[...here.keys()].map((name) => `${name}: not in the manifest`)]
}

async function settle(
  directory: string,
  registry: Registry,
  replaced: Replaced | undefined,
  serverTokenId: string | undefined,
): Promise<Forgotten> {
  const forgotten = await forget(directory, registry, replaced, serverTokenId)
  for (const name of KEY_FILES) syncPath(join(directory, name))
  return forgotten
}
