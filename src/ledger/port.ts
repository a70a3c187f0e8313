import type { BookId, Revision } from '../kernel/book.ts'

/** One record as it is stored: the canonical JSON text is the record, the rest is read from it or derived from it. */
export interface LedgerRecord {
  readonly revision: Revision
  /**
   * UUID text, unique over the whole store; derived from the command, so that a repeated append is recognised. A store
   * that can tell refuses an id it has elsewhere.
   */
  readonly id: string
  /** RFC 6962 leaf hash of `text`, base64url without padding. */
  readonly hash: string
  /** RFC 8785 canonical JSON of the envelope: the very bytes that were hashed. */
  readonly text: string
}

export type NonEmpty<T> = readonly [T, ...T[]]

/** Revision of the last record the writer knows of, or `empty` for a book without records. There is no "any". */
export type Expected = Revision | 'empty'

export interface Appended {
  readonly from: Revision
  readonly to: Revision
}

export interface BookSummary {
  readonly id: BookId
  readonly head: { readonly revision: Revision; readonly hash: string }
}

export interface ReadRange {
  /** First revision to read, inclusive; default 0. */
  readonly from?: Revision
  /** Last revision to read, inclusive; default the head at the time of the call. */
  readonly to?: Revision
  readonly signal?: AbortSignal
}

/** A place in the order of all books of the store. Opaque: only the adapter that made it can read it. */
export type Position = string

export interface Followed {
  readonly position: Position
  readonly id: BookId
  readonly record: LedgerRecord
}

/**
 * The store of books. Every adapter passes the one suite in `test/contract/ledgers.ts`, which is its documentation.
 *
 * Errors, the same from every adapter: {@link RevisionConflict}, {@link StoreUnavailable}, {@link AppendOutcomeUnknown},
 * {@link RecordTooLarge}, {@link StoreFull}.
 */
export interface Ledgers {
  /**
   * Appends records that follow `expected` without a gap. Resolves when they are durable (committed and synced).
   * An append that is already there, the same ids and texts at the same revisions, resolves as if it had just been made.
   * All records are appended or none.
   */
  append(id: BookId, expected: Expected, records: NonEmpty<LedgerRecord>): Promise<Appended>
  /** Reads durable records in order, in pages. A missing book is an empty one. */
  read(id: BookId, range?: ReadRange): AsyncIterable<readonly LedgerRecord[]>
  /** Every durable record of every book after `from`, then those to come, until the signal aborts. */
  follow(from: Position | 'start' | 'end', signal: AbortSignal): AsyncIterable<Followed>
  /** The books that have at least one record, ordered by community and book. */
  list(): AsyncIterable<BookSummary>
  /** Resolves when the store answers a small read now. @throws StoreUnavailable */
  answers(): Promise<void>
  /** Waits for appends under way, then frees what the adapter holds. Later calls fail with {@link StoreUnavailable}. */
  close(): Promise<void>
}

/** The book's head is not where the writer expected it. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict'
  readonly expected: Expected
  readonly actual: Expected
  constructor(expected: Expected, actual: Expected) {
    super(`expected the book at ${expected}, found it at ${actual}`)
    this.expected = expected
    this.actual = actual
  }
}

/** The store cannot be reached or is closed; nothing of the append was written. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
  /** Seconds after which another try makes sense. */
  readonly retryAfter: number
  constructor(message: string, retryAfter = 1, options?: ErrorOptions) {
    super(message, options)
    this.retryAfter = retryAfter
  }
}

/** The store did not say whether the append was written; repeat it once with the same records. */
export class AppendOutcomeUnknown extends Error {
  override readonly name = 'AppendOutcomeUnknown'
}

/** A record is larger than the store takes. */
export class RecordTooLarge extends Error {
  override readonly name = 'RecordTooLarge'
  readonly bytes: number
  readonly limit: number
  constructor(bytes: number, limit: number) {
    super(`a record of ${bytes} bytes is larger than the limit of ${limit}`)
    this.bytes = bytes
    this.limit = limit
  }
}

/** No space left; nothing of the append was written, and reads go on. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull'
}
