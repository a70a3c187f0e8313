import type { BookId, Revision } from '../../kernel/book.ts'
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
  RecordTooLarge,
  StoreUnavailable,
} from '../port.ts'
import type { StoreAddress } from './address.ts'
import { Catalogue } from './catalogue.ts'
import { Connection, type Deadlines, type StorePosition } from './connection.ts'
import { patiently } from './deadline.ts'
import { appendError, isConflict, isRefused, readError } from './errors.ts'
import { following, positionOf } from './follow.ts'
import { type EventToStore, eventOf, recordOf, sizeOf } from './stored-event.ts'
import { bookOf, CATALOGUE, metastreamOf, streamOf } from './streams.ts'

const PAGE = 500
const HEADS_AT_ONCE = 32
/** What a server takes in one append unless it is configured otherwise. */
const MAX_APPEND_BYTES = 1024 * 1024
const DEADLINES: Deadlines = { append: 10_000, read: 10_000, answer: 2_000, close: 2_000 }
const ADMINS = '$admins'

/**
 * Books in an EventStoreDB or KurrentDB, each one a stream. Opens nothing by itself: the first call connects.
 * @throws Error where the client refuses the address.
 */
export function openEventStoreLedgers(address: StoreAddress, deadlines: Partial<Deadlines> = {}): Ledgers {
  return new EventStoreLedgers(address, { ...DEADLINES, ...deadlines })
}

class EventStoreLedgers implements Ledgers {
  readonly #deadlines: Deadlines
  readonly #connection: Connection
  readonly #catalogue: Catalogue
  readonly #acl
  readonly #guarded = new Set<string>()
  /** The last append of each book that has one under way. */
  readonly #turns = new Map<string, Promise<unknown>>()
  /** Where followers that start at the end are still to learn where that is. */
  readonly #ends = new Set<Promise<unknown>>()
  readonly #closing = new AbortController()
  #closed: Promise<void> | undefined

  constructor(address: StoreAddress, deadlines: Deadlines) {
    this.#deadlines = deadlines
    this.#connection = new Connection(address, deadlines)
    this.#catalogue = new Catalogue(this.#connection)
    const own = [...new Set(address.encrypted ? [address.credentials.username, ADMINS] : [ADMINS])]
    this.#acl = { readRoles: own, writeRoles: own, deleteRoles: [ADMINS], metaReadRoles: own, metaWriteRoles: [ADMINS] }
  }

  async append(id: BookId, expected: Expected, records: NonEmpty<LedgerRecord>): Promise<Appended> {
    this.#mustBeOpen()
    const fault = faultOf(expected, records)
    if (fault) throw fault
    // Ids elsewhere in the store are not looked for: who makes them sees to it that each is made once.
    if (new Set(records.map((record) => record.id)).size !== records.length) throw idTaken(expected)
    const stream = streamOf(id)
    const events = records.map(eventOf) as unknown as NonEmpty<EventToStore>
    const bytes = sizeOf(events)
    if (bytes > MAX_APPEND_BYTES) throw new RecordTooLarge(bytes, MAX_APPEND_BYTES)
    await this.#inTurn(stream, async () => {
      // Whoever began to follow at the end before this append is to see it.
      await Promise.allSettled(this.#ends)
      if (expected === 'empty') await this.#begin(stream)
      await this.#connection.append(stream, expected, events).catch((error: unknown) => {
        throw appendError(error, expected, bytes)
      })
    })
    const from = records[0].revision
    return { from, to: from + records.length - 1 }
  }

  read(id: BookId, range: ReadRange = {}): AsyncIterable<readonly LedgerRecord[]> {
    this.#mustBeOpen()
    const stream = streamOf(id)
    // Asked for now: what is appended after the call is not read. Whoever never reads hears of no failure.
    const head = this.#head(stream, either(this.#closing.signal, range.signal))
    head.catch(() => undefined)
    return this.#pages(stream, range, head)
  }

  follow(from: Position | 'start' | 'end', signal: AbortSignal): AsyncIterable<Followed> {
    this.#mustBeOpen()
    if (from === 'start') return this.#following(Promise.resolve('start' as const), signal)
    if (from !== 'end') return this.#following(Promise.resolve(positionOf(from)), signal)
    const end = this.#connection.end()
    this.#ends.add(end)
    const known = () => this.#ends.delete(end)
    end.then(known, known)
    return this.#following(end, signal)
  }

  async *list(): AsyncIterable<BookSummary> {
    this.#mustBeOpen()
    const names = await this.#reading(() => this.#catalogue.names())
    const books = [...names]
      .flatMap((stream) => {
        const id = bookOf(stream)
        return id === undefined ? [] : [{ stream, id }]
      })
      .sort((a, b) => compare(a.id.community, b.id.community) || compare(a.id.book, b.id.book))
    for (let next = 0; next < books.length; next += HEADS_AT_ONCE) {
      this.#mustBeOpen()
      const some = books.slice(next, next + HEADS_AT_ONCE)
      const heads = await Promise.all(some.map(({ stream }) => this.#reading(() => this.#head(stream))))
      for (const [index, head] of heads.entries()) {
        const id = some[index]?.id
        if (id !== undefined && head !== undefined) yield { id, head: { revision: head.revision, hash: head.hash } }
      }
    }
  }

  async answers(): Promise<void> {
    this.#mustBeOpen()
    // Whoever asks wants to know soon, also where many calls wait for a store that says nothing.
    await this.#reading(() => patiently(this.#head(CATALOGUE), this.#deadlines.answer))
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#turns.values())
    this.#closing.abort(new StoreUnavailable('the ledger is closed'))
    await this.#connection.close()
  }

  /** One append of a book after the other: the store keeps no order among those under way. */
  async #inTurn(stream: string, append: () => Promise<void>): Promise<void> {
    const before = this.#turns.get(stream) ?? Promise.resolve()
    const turn = before.catch(() => undefined).then(append)
    this.#turns.set(stream, turn)
    try {
      await turn
    } finally {
      if (this.#turns.get(stream) === turn) this.#turns.delete(stream)
    }
  }

  /** What has to be there before a book's first record. Nothing of the book is written where it fails. */
  async #begin(stream: string): Promise<void> {
    try {
      await Promise.all([this.#guard(CATALOGUE), this.#guard(stream)])
      await this.#catalogue.enter(stream)
    } catch (error) {
      throw new StoreUnavailable('the store did not let a book begin', 1, { cause: error })
    }
  }

  /** Keeps other users of the store out of a stream, unless an administrator has set who may enter. */
  async #guard(stream: string): Promise<void> {
    if (this.#guarded.has(stream)) return
    await this.#connection.setAcl(stream, this.#acl).catch(async (error: unknown) => {
      if (isConflict(error)) return
      // Only administrators may change what is set, and who may not is told so before the store looks whether it is.
      const set = isRefused(error) ? await this.#connection.last(metastreamOf(stream)) : undefined
      if (set === undefined) throw error
    })
    this.#guarded.add(stream)
  }

  async *#pages(
    stream: string,
    { from = 0, to = Number.MAX_SAFE_INTEGER, signal }: ReadRange,
    head: Promise<LedgerRecord | undefined>,
  ): AsyncIterable<readonly LedgerRecord[]> {
    signal?.throwIfAborted()
    const last = Math.min(to, (await this.#reading(() => head, signal))?.revision ?? -1)
    for (let next: Revision = from; next <= last; next += PAGE) {
      signal?.throwIfAborted()
      this.#mustBeOpen()
      yield await this.#page(stream, next, Math.min(PAGE, last - next + 1), signal)
    }
    signal?.throwIfAborted()
  }

  async #page(stream: string, from: Revision, count: number, signal?: AbortSignal): Promise<readonly LedgerRecord[]> {
    const ends = either(this.#closing.signal, signal)
    const page = await this.#reading(() => this.#connection.page(stream, from, count, ends), signal)
    return page.map(recordOf)
  }

  async #head(stream: string, signal = this.#closing.signal): Promise<LedgerRecord | undefined> {
    const last = await this.#connection.last(stream, signal)
    return last && recordOf(last)
  }

  async *#following(start: Promise<StorePosition | 'start'>, signal: AbortSignal): AsyncIterable<Followed> {
    if (signal.aborted) return
    const from = await this.#reading(() => start)
    for await (const followed of following(this.#connection, from, either(signal, this.#closing.signal))) {
      yield followed
      if (signal.aborted) return
    }
    if (!signal.aborted) this.#mustBeOpen()
  }

  async #reading<T>(read: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await read()
    } catch (error) {
      signal?.throwIfAborted()
      throw readError(error)
    }
  }

  #mustBeOpen(): void {
    if (this.#closed !== undefined) throw new StoreUnavailable('the ledger is closed')
  }
}

function either(one: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  return other === undefined ? one : AbortSignal.any([one, other])
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
