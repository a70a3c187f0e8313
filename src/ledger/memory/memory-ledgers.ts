import { EventEmitter, once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { type BookId, type Revision, streamName } from '../../kernel/book.ts'
import { faultOf, idTaken } from '../append-rules.ts'
import {
  type Appended,
  type BookSummary,
  type Expected,
  type Followed,
  type LedgerRecord,
  type Ledgers,
  type NonEmpty,
  type Position,
  type ReadRange,
  RevisionConflict,
  StoreUnavailable,
} from '../port.ts'

const PAGE = 500

interface Book {
  readonly id: BookId
  readonly records: LedgerRecord[]
}

/** {@link Ledgers} in memory, for tests and trials. `durable` means no more here than that the append was taken. */
export class MemoryLedgers implements Ledgers {
  readonly #books = new Map<string, Book>()
  readonly #ids = new Set<string>()
  readonly #order: Followed[] = []
  readonly #bell = new EventEmitter().setMaxListeners(0)
  #closed = false

  async append(id: BookId, expected: Expected, records: NonEmpty<LedgerRecord>): Promise<Appended> {
    this.#mustBeOpen()
    const from = expected === 'empty' ? 0 : expected + 1
    const fault = faultOf(expected, records)
    if (fault) throw fault
    const appended: Appended = { from, to: from + records.length - 1 }
    const book = this.#books.get(streamName(id)) ?? { id: { community: id.community, book: id.book }, records: [] }
    if (book.records.length !== from) {
      if (records.every((record) => isThere(book, record))) return appended
      throw new RevisionConflict(expected, headOf(book))
    }
    const ids = new Set(records.map((record) => record.id))
    if (ids.size !== records.length || !ids.isDisjointFrom(this.#ids)) throw idTaken(expected)
    this.#books.set(streamName(id), book)
    for (const record of records) {
      book.records.push(record)
      this.#ids.add(record.id)
      this.#order.push({ position: String(this.#order.length + 1), id: book.id, record })
    }
    this.#bell.emit('appended')
    return appended
  }

  read(id: BookId, range: ReadRange = {}): AsyncIterable<readonly LedgerRecord[]> {
    this.#mustBeOpen()
    const records = this.#books.get(streamName(id))?.records ?? []
    const end = Math.min(records.length, (range.to ?? Number.POSITIVE_INFINITY) + 1)
    return this.#pages(records, range.from ?? 0, end, range.signal)
  }

  follow(from: Position | 'start' | 'end', signal: AbortSignal): AsyncIterable<Followed> {
    this.#mustBeOpen()
    return this.#following(from === 'start' ? 0 : from === 'end' ? this.#order.length : placeOf(from), signal)
  }

  async *list(): AsyncIterable<BookSummary> {
    this.#mustBeOpen()
    const books = [...this.#books.values()].sort(
      (a, b) => compare(a.id.community, b.id.community) || compare(a.id.book, b.id.book),
    )
    for (const { id, records } of books) {
      const last = records.at(-1)
      if (last !== undefined) yield { id, head: { revision: last.revision, hash: last.hash } }
    }
  }

  async answers(): Promise<void> {
    this.#mustBeOpen()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#bell.emit('appended')
  }

  async *#pages(
    records: readonly LedgerRecord[],
    from: Revision,
    end: Revision,
    signal: AbortSignal | undefined,
  ): AsyncIterable<readonly LedgerRecord[]> {
    for (let next = from; next < end; next += PAGE) {
      // The caller's event loop must turn, or an abort could never arrive.
      if (next !== from) await setImmediate()
      signal?.throwIfAborted()
      this.#mustBeOpen()
      yield records.slice(next, Math.min(next + PAGE, end))
    }
    signal?.throwIfAborted()
  }

  async *#following(from: number, signal: AbortSignal): AsyncIterable<Followed> {
    for (let next = from; !signal.aborted; ) {
      this.#mustBeOpen()
      const followed = this.#order[next]
      if (followed === undefined) {
        await once(this.#bell, 'appended', { signal }).catch(() => undefined)
        continue
      }
      next += 1
      yield followed
    }
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new StoreUnavailable('the ledger is closed')
  }
}

function headOf(book: Book): Expected {
  return book.records.at(-1)?.revision ?? 'empty'
}

function isThere(book: Book, record: LedgerRecord): boolean {
  const found = book.records[record.revision]
  return found !== undefined && found.id === record.id && found.text === record.text
}

function placeOf(position: Position): number {
  if (!/^\d+$/.test(position)) throw new RangeError('not a position of this store')
  return Number(position)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
