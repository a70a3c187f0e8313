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
  let previous: string | null = null
  for await (const page of ledgers.read(id, options.to === undefined ? {} : { to: options.to })) {
    for (const record of page) {
      const event = check(record, id, book.head + 1, previous)
      previous = record.hash
      book.add(event, record.hash)
      apply(upcast(event, events))
    }
  }
  return book
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
