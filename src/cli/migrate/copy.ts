import { appendSettled } from '../../engine/appending.ts'
import type { BookId } from '../../kernel/book.ts'
import { type BookSummary, type LedgerRecord, type Ledgers, type NonEmpty, RecordTooLarge } from '../../ledger/port.ts'
import { leafHash } from '../../ledger/proofs/leaf.ts'
import { MerkleTree } from '../../ledger/proofs/merkle-tree.ts'
import { verifyBook } from '../../ledger/proofs/verify-book.ts'
import { CliError, EXIT } from '../exits.ts'
import type { Place } from './places.ts'

const RECORDS_AT_ONCE = 500
// Half of what the stores take in one append; the rest is for what they keep beside each record.
const BYTES_AT_ONCE = 512 * 1024

/** Name of a book, for people. */
export function nameOf({ community, book }: BookId): string {
  return `${community}, ${book} book`
}

/** The Merkle root of a book as it is in a store. @throws CliError where the book does not verify. */
export async function soundRootOf(ledgers: Ledgers, { id, head }: BookSummary, where: string): Promise<string> {
  const { findings, records, root } = await verifyBook(id, ledgers.read(id, { to: head.revision }))
  const [first] = findings
  if (first !== undefined)
    throw new CliError(
      `${nameOf(id)}: does not verify in ${where}, at revision ${first.revision}: ${first.message}`,
      EXIT.difference,
    )
  if (records !== head.revision + 1)
    throw new CliError(`${nameOf(id)}: ${where} has ${records} records of ${head.revision + 1}.`, EXIT.difference)
  return root
}

/**
 * What of a book is to be copied still. @returns the first revision that the target lacks.
 * @throws CliError where the target has another book of the name.
 */
export async function firstMissing(source: Ledgers, { id, head }: BookSummary, there: BookSummary | undefined) {
  if (there === undefined) return 0
  const { revision, hash } = there.head
  let own: string | undefined
  if (revision <= head.revision)
    for await (const page of source.read(id, { from: revision, to: revision })) own = page[0]?.hash
  if (own === hash) return revision + 1
  const longer = revision > head.revision ? `, and goes on to revision ${revision}` : ` at revision ${revision}`
  throw new CliError(
    `${nameOf(id)}: the target has another book of that name${longer}. Nothing was written.`,
    EXIT.refused,
  )
}

/**
 * Copies the records of a book from a revision on, as they are, each only when it was checked against all before it.
 * Running it again goes on where the target ends. @returns the Merkle root of the whole book.
 * @throws CliError where the source does not verify, or a store fails.
 */
export async function copyBook(
  source: Place,
  target: Place,
  book: BookSummary,
  from: number,
  onRead: (records: number) => void,
): Promise<string> {
  const { id, head } = book
  const chain = new CheckedChain()
  for await (const page of source.ledgers.read(id, { to: head.revision })) {
    if (!page.every((record) => chain.takes(record))) {
      // Reads it all again, to say in full what is wrong.
      await soundRootOf(source.ledgers, book, source.name)
      throw new CliError(`${nameOf(id)}: does not verify in ${source.name}.`, EXIT.difference)
    }
    for (const batch of batchesOf(page.filter(({ revision }) => revision >= from))) {
      const { revision } = batch[0]
      const expected = revision === 0 ? 'empty' : revision - 1
      await appendSettled(target.ledgers, id, expected, batch).catch((error: unknown) => {
        throw stopped(error, id, revision)
      })
    }
    onRead(page.length)
  }
  return chain.root
}

/** Records that follow each other: each text has its hash, and names the hash of the one before it. */
class CheckedChain {
  readonly #tree = new MerkleTree()
  #previous: string | null = null

  get root(): string {
    return this.#tree.rootAt()
  }

  /** Whether the record is the next one. */
  takes({ revision, hash, text }: LedgerRecord): boolean {
    if (revision !== this.#tree.size || leafHash(text) !== hash || previousIn(text) !== this.#previous) return false
    this.#tree.append(hash)
    this.#previous = hash
    return true
  }
}

function previousIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { readonly previous?: unknown }).previous
  } catch {
    return undefined
  }
}

/** Records that go into one append each. */
function batchesOf(records: readonly LedgerRecord[]): readonly NonEmpty<LedgerRecord>[] {
  const batches: [LedgerRecord, ...LedgerRecord[]][] = []
  let bytes = 0
  for (const record of records) {
    const size = Buffer.byteLength(record.text)
    const last = batches.at(-1)
    if (last === undefined || last.length === RECORDS_AT_ONCE || bytes + size > BYTES_AT_ONCE) {
      batches.push([record])
      bytes = size
    } else {
      last.push(record)
      bytes += size
    }
  }
  return batches
}

function stopped(error: unknown, id: BookId, revision: number): unknown {
  if (!(error instanceof Error)) return error
  const how = error instanceof RecordTooLarge ? EXIT.refused : EXIT.store
  return new CliError(
    `${nameOf(id)}: stopped at revision ${revision}: ${error.message}. What was copied stays; the same again goes on from there.`,
    how,
    { cause: error },
  )
}
