import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { VerifyReport } from '../../ledger/proofs/verify-book.ts'
import { CliError, EXIT } from '../exits.ts'

/** The file that makes a directory a finished backup: it is written last. */
export const MANIFEST = 'backup.json'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const book = z.strictObject({
  community: z.string(),
  book: z.enum(['open', 'private']),
  records: z.int().min(0),
  /** The head: the last record there is. */
  revision: z.int(),
  hash: z.string(),
  /** Merkle root over all records, as a checkpoint of this size has it. */
  root: z.string(),
})

const booksManifest = z.strictObject({
  format: z.literal('hearthbook-backup-1'),
  takenAt: z.iso.datetime(),
  files: z.strictObject({ 'ledger.db': sha256 }),
  books: z.array(book),
})

const keysManifest = z.strictObject({
  format: z.literal('hearthbook-keys-backup-1'),
  takenAt: z.iso.datetime(),
  files: z.strictObject({ 'vault.db': sha256, 'identity.db': sha256 }),
  /** Id of the token of the server that ran meanwhile: a restore revokes it. */
  serverTokenId: z.string().optional(),
})

export type BackedUpBook = z.output<typeof book>
/** What lies beside the copy of the books. */
export type BooksManifest = z.output<typeof booksManifest>
/** What lies beside the copies of the keys and credentials; in its own words, for they are kept apart. */
export type KeysManifest = z.output<typeof keysManifest>

/** @throws CliError where the directory holds no finished backup of books that this version can read. */
export const readBooksManifest = (directory: string): BooksManifest => read(directory, booksManifest, 'books')

/** @throws CliError where the directory holds no finished backup of keys that this version can read. */
export const readKeysManifest = (directory: string): KeysManifest => read(directory, keysManifest, 'keys')

function read<T>(directory: string, schema: z.ZodType<T>, of: string): T {
  const file = join(directory, MANIFEST)
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const words = missing
      ? `There is no finished backup in ${directory}: it has no ${MANIFEST}.`
      : `${file} cannot be read.`
    throw new CliError(words, missing ? EXIT.notFound : EXIT.difference, { cause: error })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new CliError(
    `${file} is not that of a backup of the ${of} in a form this version knows: ${z.prettifyError(parsed.error)}`,
    EXIT.difference,
  )
}

/** The manifest's line about a book that was verified. */
export function backedUpBook({ id, records, head, root }: VerifyReport): BackedUpBook {
  return { ...id, records, revision: head?.revision ?? -1, hash: head?.hash ?? '', root }
}
