import { setTimeout as setTimer } from 'node:timers'
import { setTimeout } from 'node:timers/promises'
import type { BookName } from '../kernel/book.ts'
import type { AnyEvent } from '../kernel/define-event.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'
import { type LedgerRecord, type Ledgers, StoreUnavailable } from '../ledger/port.ts'
import { VaultUnavailable } from '../vault/vault-unavailable.ts'
import type { Book } from './book.ts'
import { LedgerDoesNotVerify } from './errors.ts'
import { type Heard, Inbox } from './inbox.ts'
import { addRecord, readOn } from './loading.ts'
import type { Sealer } from './sealer.ts'

/** How long whoever needs what other nodes wrote waits for it, ms. */
const PATIENCE_MS = 5000
/** How long after another node's last record there may be more, ms. */
const BUSY_MS = 1000
/** The longest room made for the others, ms. */
const MOST_ROOM_MS = 50

/** The community whose books are read on. */
export interface Reader {
  readonly ledgers: Ledgers
  readonly events: ReadonlyMap<string, AnyEvent>
  readonly sealer: Sealer
  book(name: BookName): Book
  apply(event: RecordedEvent): void
  /** Told of what was applied, after all of it. */
  applied(name: BookName, events: readonly RecordedEvent[]): Promise<void>
  /** Does something between two commands. */
  inTurn<T>(does: () => Promise<T>): Promise<T>
  /** Gives the community up: what is in memory cannot be trusted. @returns the error, as one. */
  fail(error: unknown): Error
  /** @throws Evicted where the community was given up. */
  check(): void
}

/**
 * Takes in what other nodes wrote to the books of one community: what is heard of it as it comes, and what is read on
 * where the answer must not be behind. Every record is checked against the chain before it counts.
 */
export class ReadingOn {
  readonly #reader: Reader
  readonly #inbox = new Inbox()
  #catchingUp: Promise<void> | undefined
  #behind = false
  #othersAt = Number.NEGATIVE_INFINITY
  #ownAt = Number.NEGATIVE_INFINITY
  #readMs = 0

  constructor(reader: Reader) {
    this.#reader = reader
  }

  /** Whether the store left open what became of an append, or records were missed: the books are to be read on first. */
  get isBehind(): boolean {
    return this.#behind
  }

  fellBehind(): void {
    this.#behind = true
  }

  /** Notes that this node has just appended something. */
  appended(): void {
    this.#ownAt = performance.now()
  }

  /**
   * Leaves the others a moment between two appends of our own where they write too: they need longer to read on and
   * decide again than we do to go on, and would lose every race against a busy node.
   */
  async makeRoom(): Promise<void> {
    const now = performance.now()
    if (now - this.#othersAt > BUSY_MS || now - this.#ownAt > MOST_ROOM_MS) return
    await setTimeout(Math.random() * Math.min(1 + 4 * this.#readMs, MOST_ROOM_MS))
  }

  /** Takes in a record that another node may have written. */
  heard(heard: Heard): void {
    const scheduled = !this.#inbox.isEmpty
    this.#inbox.add(heard)
    if (!scheduled) this.#reader.inTurn(() => this.#takeIn()).catch(() => undefined)
  }

  /** Reads on in both books, between two commands. @throws the store's errors. */
  catchUp(): Promise<void> {
    // Whoever comes before it has begun is served by the same.
    this.#catchingUp ??= this.#reader.inTurn(async () => {
      this.#catchingUp = undefined
      await this.both()
    })
    return this.#catchingUp
  }

  /** As {@link catchUp}, for so long as is reasonable. @throws StoreUnavailable where that is not long enough. */
  async catchUpSoon(): Promise<void> {
    const reading = this.catchUp()
    reading.catch(() => undefined) // who gave up waiting does not hear of it
    const { promise, reject } = Promise.withResolvers<never>()
    const late = () => reject(new StoreUnavailable('the book could not be read on in time'))
    const timer = setTimer(late, PATIENCE_MS)
    await Promise.race([reading, promise]).finally(() => clearTimeout(timer))
  }

  /** Reads on in both books. Only for who has the turn. */
  async both(): Promise<void> {
    await this.one('open')
    await this.one('private')
    this.#behind = false
  }

  /** Reads on in one book. Only for who has the turn. */
  async one(name: BookName): Promise<void> {
    const { ledgers, events, sealer } = this.#reader
    const began = performance.now()
    await this.#taking(name, (take) =>
      readOn(ledgers, this.#reader.book(name), events, take, {}, (page) => sealer.learn(page.map(({ text }) => text))),
    )
    this.#readMs = performance.now() - began
  }

  /** What is known already is held against what was heard; where something is missing, the book is read on. */
  async #takeIn(): Promise<void> {
    const heard = this.#inbox.take()
    if (heard === undefined || this.#behind) return this.both()
    for (const { book: name, record } of heard) {
      const book = this.#reader.book(name)
      if (record.revision > book.head + 1) await this.one(name)
      else if (record.revision === book.head + 1) await this.#next(name, book, record)
      if ((book.hash(record.revision) ?? record.hash) !== record.hash)
        throw this.#reader.fail(
          new LedgerDoesNotVerify(book.id.community, `record ${record.revision} is another one in the store`),
        )
    }
  }

  #next(name: BookName, book: Book, record: LedgerRecord): Promise<void> {
    return this.#taking(name, async (take) => {
      await this.#reader.sealer.learn([record.text])
      addRecord(book, record, this.#reader.events, take)
    })
  }

  async #taking(name: BookName, read: (take: (event: RecordedEvent) => void) => Promise<void>): Promise<void> {
    const reader = this.#reader
    reader.check()
    const added: RecordedEvent[] = []
    try {
      await read((event) => {
        reader.apply(event)
        added.push(event)
      })
    } catch (error) {
      this.#behind = true
      throw isAway(error) ? error : reader.fail(error)
    } finally {
      if (added.length > 0) {
        this.#othersAt = performance.now()
        await reader.applied(name, added)
      }
    }
  }
}

/** Whether the store or the vault is away for now: what is in memory is right, and only behind. */
function isAway(error: unknown): boolean {
  return error instanceof StoreUnavailable || error instanceof VaultUnavailable
}
