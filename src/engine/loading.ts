import type { BookId } from '../kernel/book.ts'
import type { AnyEvent } from '../kernel/define-event.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'
import type { LedgerRecord, Ledgers, ReadRange } from '../ledger/port.ts'
import { leafHash } from '../ledger/proofs/leaf.ts'
import { Book } from './book.ts'
import { LedgerDoesNotVerify } from './errors.ts'
import { upcast } from './upcasting.ts'

export interface LoadOptions {
  /** Last revision to read; the head unless given. */
  readonly to?: number
}

/**
 * Reads a book from the store, record by record, into `apply`, checking the chain on the way: each text has its hash,
 * each record names the hash of the one before it, and no revision is missing.
 * @throws LedgerDoesNotVerify at the first record that does not fit.
 */
export async function loadBook(
  ledgers: Ledgers,
  id: BookId,
  events: ReadonlyMap<string, AnyEvent>,
  apply: (event: RecordedEvent) => void,
  options: LoadOptions = {},
): Promise<Book> {
  const book = new Book(id)
  await readOn(ledgers, book, events, apply, options.to === undefined ? {} : { to: options.to })
  return book
}

/**
 * Reads what a book has come to beyond the head that is known here, checked as {@link loadBook} checks it. `before` is
 * waited for before the records of a page are taken in, all of them in one step.
 * @throws LedgerDoesNotVerify at the first record that does not fit; what came before it is applied then.
 */
export async function readOn(
  ledgers: Ledgers,
  book: Book,
  events: ReadonlyMap<string, AnyEvent>,
  apply: (event: RecordedEvent) => void,
  range: Omit<ReadRange, 'from'> = {},
  before?: (page: readonly LedgerRecord[]) => Promise<void>,
): Promise<void> {
  for await (const page of ledgers.read(book.id, { ...range, from: book.head + 1 })) {
    await before?.(page)
    for (const record of page) addRecord(book, record, events, apply)
  }
}

/** Adds the next record of a book, once it is checked. @throws LedgerDoesNotVerify where it does not follow the head. */
export function addRecord(
  book: Book,
  record: LedgerRecord,
  events: ReadonlyMap<string, AnyEvent>,
  apply: (event: RecordedEvent) => void,
): void {
  const event = check(record, book.id, book.head + 1, book.hash(book.head) ?? null)
  const readable = upcast(event, events)
  book.add(event, record.hash)
  apply(readable)
}

function check(record: LedgerRecord, id: BookId, revision: number, previous: string | null): RecordedEvent {
  const fail = (what: string) => new LedgerDoesNotVerify(id.community, `record ${revision} ${what}`)
  if (record.revision !== revision) throw fail('is missing')
  if (leafHash(record.text) !== record.hash) throw fail('does not have its hash')
  let event: RecordedEvent
  try {
    event = JSON.parse(record.text) as RecordedEvent
  } catch {
    throw fail('cannot be read')
  }
  if (event.revision !== revision || event.previous !== previous) throw fail('does not follow the one before it')
  if (event.community !== id.community || event.book !== id.book || event.id !== record.id)
    throw fail('is of another book')
  return event
}

/**
 * Reads events of a book as they read at the newest shape. With `naming`, those whose text has every one of these texts:
 * a record is looked into only when it may be meant.
 */
export async function* readEvents(
  ledgers: Ledgers,
  id: BookId,
  events: ReadonlyMap<string, AnyEvent>,
  range: ReadRange,
  naming: readonly string[] = [],
): AsyncGenerator<RecordedEvent> {
  for await (const page of ledgers.read(id, range)) {
    for (const { text } of page) {
      if (naming.every((name) => text.includes(name))) yield upcast(JSON.parse(text) as RecordedEvent, events)
    }
  }
}
