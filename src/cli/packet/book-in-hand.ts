import type { Registry } from '../../kernel/registry.ts'
import type { LedgerRecord } from '../../ledger/port.ts'
import { parseCheckpoint } from '../../ledger/proofs/checkpoint.ts'
import type { Against } from '../../ledger/proofs/evidence.ts'
import { verifyBook } from '../../ledger/proofs/verify-book.ts'
import { readBookFile } from '../books/book-file.ts'
import { recordsOf, withLedgers } from '../books/open-book.ts'
import { printVerified } from '../books/verifying.ts'
import { communityOf, existingDirectory } from '../connect.ts'
import { CliError, EXIT } from '../exits.ts'
import { type SharedOptions, withConnection } from '../shared-options.ts'
import type { SignedCheckpoint } from './attachments.ts'

export interface BookOptions extends SharedOptions {
  /** An exported book; a data directory unless given. */
  readonly book?: string
}

/** A whole open book, up to some record, with what its server signed of it. */
export interface BookInHand {
  readonly community: string
  readonly records: readonly LedgerRecord[]
  readonly signed: SignedCheckpoint | undefined
}

/** Reads an exported book, or that of a data directory; it must verify. @throws CliError where it does not. */
export async function bookInHand(registry: Registry, options: BookOptions, against: Against = {}): Promise<BookInHand> {
  const book = options.book === undefined ? await fromDirectory(registry, options) : fromFile(options.book)
  const id = { community: book.community, book: 'open' } as const
  const checkpoints = [...(book.signed ? [book.signed.checkpoint] : []), ...(against.checkpoints ?? [])]
  const verifierKey = against.verifierKey ?? book.signed?.verifierKey
  const report = await verifyBook(id, [book.records], {
    ...against,
    checkpoints,
    ...(verifierKey === undefined ? {} : { verifierKey }),
  })
  if (report.findings.length === 0) return book
  printVerified(report)
  throw new CliError('Nothing was made: the book does not verify.', EXIT.difference)
}

/** The book as it was when it had so many records. @throws CliError where it has fewer. */
export function cutTo(book: BookInHand, size: number): readonly LedgerRecord[] {
  if (book.records.length < size)
    throw new CliError(
      `The packet is of a book of ${size} records, and this one has ${book.records.length}.`,
      EXIT.difference,
    )
  return book.records.slice(0, size)
}

function fromFile(path: string): BookInHand {
  const { header, records } = readBookFile(path)
  const { community, checkpoint, verifierKey } = header
  return { community, records, signed: { checkpoint, verifierKey } }
}

async function fromDirectory(registry: Registry, options: BookOptions): Promise<BookInHand> {
  const directory = existingDirectory(options)
  // Asked first: the checkpoint then covers no record that the reading below could miss.
  const { community, signed } = await withConnection(registry, { data: directory }, async (connection) => {
    const id = await communityOf(connection, options.community)
    const { checkpoints } = (await connection.client.get('/v1/keys')) as { readonly checkpoints: string | null }
    const checkpoint = await connection.client.getText(`/v1/communities/${encodeURIComponent(id)}/checkpoint`)
    return { community: id, signed: checkpoints === null ? undefined : { checkpoint, verifierKey: checkpoints } }
  })
  const size = signed && parseCheckpoint(signed.checkpoint).size
  const records = await withLedgers(directory, (ledgers) => recordsOf(ledgers, { community, book: 'open' }, size))
  return { community, records, signed }
}
