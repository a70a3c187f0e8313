import { randomUUID } from 'node:crypto'
import type { BookId, Revision } from '../../src/kernel/book.ts'
import type { LedgerRecord, Ledgers, NonEmpty, ReadRange } from '../../src/ledger/port.ts'
import { leafHash } from '../../src/ledger/proofs/leaf.ts'

/** A book that no other test writes to, so that suites may share a store. */
export function freshBook(book: BookId['book'] = 'open'): BookId {
  return { community: `hearth-${randomUUID()}`, book }
}

/** A record as a store sees it; to the store its text is any text. */
export function recordOf(revision: Revision, text: string, id: string = randomUUID()): LedgerRecord {
  return { revision, id, hash: leafHash(text), text }
}

/** `count` records that follow each other from `from` on. */
export function recordsFrom(from: Revision, count = 1, label = 'a guest was welcomed'): NonEmpty<LedgerRecord> {
  const make = (revision: Revision) => recordOf(revision, JSON.stringify({ label, revision }))
  return [make(from), ...Array.from({ length: count - 1 }, (_, index) => make(from + 1 + index))]
}

/** All pages of a read, one after the other. */
export async function readAll(ledgers: Ledgers, id: BookId, range?: ReadRange): Promise<LedgerRecord[]> {
  const records: LedgerRecord[] = []
  for await (const page of ledgers.read(id, range)) records.push(...page)
  return records
}

/** Everything an async iterable gives before it ends. */
export async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const value of values) collected.push(value)
  return collected
}
