import { EventEmitter, once } from 'node:events'
import { resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { BookId, Revision } from '../../kernel/book.ts'
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
  StoreUnavailable,
} from '../port.ts'
import { openForReading } from './connection.ts'
import { PAGE, Reader } from './reader.ts'
import { startWriter, type Writer } from './writer.ts'

export interface SqliteLedgersOptions {
  /** The ledger's file, made when it is missing; its folder must be there. */
  readonly file: string
  /** Only reads, also beside a writing process, and never makes a file. `follow` then waits for nothing that is new. */
  readonly readOnly?: boolean
  /** Called once when the disk failed and every further append is refused: the process should stop. Reads go on. */
  readonly onFatal?: (error: StoreUnavailable) => void
}

/**
 * Opens the ledger of one file. Only one process may write it: hold `lockDirectory` before.
 * Rejects with `LedgerRefused` when the file, or the SQLite of this Node.js, cannot be used.
 */
export async function openSqliteLedgers(options: SqliteLedgersOptions): Promise<Ledgers> {
  const file = resolve(options.file)
  const bell = new EventEmitter().setMaxListeners(0)
  if (options.readOnly === true) return new SqliteLedgers(new Reader(openForReading(file)), undefined, bell)
  const writer = await startWriter({
    file,
    onCommit: () => bell.emit('commit'),
    onFatal: (error) => options.onFatal?.(error),
  })
  try {
    return new SqliteLedgers(new Reader(openForReading(file)), writer, bell)
  } catch (error) {
    await writer.close()
    throw error
  }
}

class SqliteLedgers implements Ledgers {
  readonly #reader: Reader
  readonly #writer: Writer | undefined
  readonly #bell: EventEmitter
  #commits = 0
  #closing: Promise<void> | undefined
  #isClosed = false

  constructor(reader: Reader, writer: Writer | undefined, bell: EventEmitter) {
    this.#reader = reader
    this.#writer = writer
    this.#bell = bell
    bell.on('commit', () => {
      this.#commits += 1
    })
  }

  append(id: BookId, expected: Expected, records: NonEmpty<LedgerRecord>): Promise<Appended> {
    if (this.#writer !== undefined) return this.#writer.append(id, expected, records)
    return Promise.reject(new StoreUnavailable('the ledger is open for reading only'))
  }

  read(id: BookId, range: ReadRange = {}): AsyncIterable<readonly LedgerRecord[]> {
    this.#mustBeOpen()
    const to = Math.min(this.#reader.head(id), range.to ?? Number.MAX_SAFE_INTEGER)
    return this.#pages(id, range.from ?? 0, to, range.signal)
  }

  follow(from: Position | 'start' | 'end', signal: AbortSignal): AsyncIterable<Followed> {
    this.#mustBeOpen()
    return this.#following(from === 'start' ? 0 : from === 'end' ? this.#reader.end() : placeOf(from), signal)
  }

  async *list(): AsyncIterable<BookSummary> {
    let last: BookId | undefined
    do {
      if (last !== undefined) await setImmediate()
      this.#mustBeOpen()
      const page = this.#reader.summaries(last?.community ?? '', last?.book ?? '')
      yield* page
      last = page.length < PAGE ? undefined : page.at(-1)?.id
    } while (last !== undefined)
  }

  async answers(): Promise<void> {
    this.#mustBeOpen()
    this.#reader.end()
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const written = this.#writer?.close()
    this.#isClosed = true
    this.#bell.emit('commit')
    this.#reader.close()
    await written
  }

  async *#pages(
    id: BookId,
    from: Revision,
    to: Revision,
    signal: AbortSignal | undefined,
  ): AsyncIterable<readonly LedgerRecord[]> {
    for (let next = from; next <= to; ) {
      // The caller's event loop must turn, or an abort could never arrive.
      if (next !== from) await setImmediate()
      signal?.throwIfAborted()
      this.#mustBeOpen()
      const page = this.#reader.records(id, next, to)
      const last = page.at(-1)
      if (last === undefined) break
      next = last.revision + 1
      yield page
    }
    signal?.throwIfAborted()
  }

  async *#following(from: number, signal: AbortSignal): AsyncIterable<Followed> {
    for (let after = from; !signal.aborted; ) {
      this.#mustBeOpen()
      const seen = this.#commits
      const page = this.#reader.after(after)
      for (const followed of page) {
        after = Number(followed.position)
        yield followed
        if (signal.aborted) return
      }
      if (page.length === PAGE) await setImmediate()
      // A commit during the page rang before anyone listened.
      else if (this.#commits === seen) await once(this.#bell, 'commit', { signal }).catch(() => undefined)
    }
  }

  #mustBeOpen(): void {
    if (this.#isClosed) throw new StoreUnavailable('the ledger is closed')
  }
}

function placeOf(position: Position): number {
  if (!/^\d+$/.test(position)) throw new RangeError('not a position of this store')
  return Number(position)
}
