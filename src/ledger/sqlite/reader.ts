import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { BookId, BookName, Revision } from '../../kernel/book.ts'
import { type BookSummary, type Followed, type LedgerRecord, StoreUnavailable } from '../port.ts'

/** Rows that are fetched at a time; the event loop turns between two pages. */
export const PAGE = 500

type Row = readonly SQLOutputValue[]

/** Fetches pages from a reading connection. Every method throws {@link StoreUnavailable} when the file cannot be read. */
export class Reader {
  readonly #db: DatabaseSync
  readonly #rowIds = new Map<string, number>()
  readonly #books = new Map<number, BookId>()
  readonly #head: StatementSync
  readonly #records: StatementSync
  readonly #after: StatementSync
  readonly #end: StatementSync
  readonly #rowId: StatementSync
  readonly #book: StatementSync
  readonly #summaries: StatementSync

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#rowId = arrays(db, 'SELECT id FROM books WHERE community = ? AND book = ?')
    this.#book = arrays(db, 'SELECT community, book FROM books WHERE id = ?')
    this.#head = arrays(db, 'SELECT max(revision) FROM records WHERE book_id = ?')
    this.#end = arrays(db, 'SELECT max(position) FROM records')
    this.#records = arrays(
      db,
      `SELECT revision, id, hash, text FROM records
       WHERE book_id = ? AND revision BETWEEN ? AND ? ORDER BY revision LIMIT ${PAGE}`,
    )
    this.#after = arrays(
      db,
      `SELECT position, book_id, revision, id, hash, text FROM records
       WHERE position > ? ORDER BY position LIMIT ${PAGE}`,
    )
    this.#summaries = arrays(
      db,
      `SELECT community, book, revision, hash FROM books JOIN records ON records.book_id = books.id
         AND records.revision = (SELECT max(revision) FROM records AS own WHERE own.book_id = books.id)
       WHERE (community, book) > (?, ?) ORDER BY community, book LIMIT ${PAGE}`,
    )
  }

  /** The last revision of the book, or -1. */
  head(id: BookId): Revision {
    return this.#guarded(() => {
      const rowId = this.#rowIdOf(id)
      return rowId === undefined ? -1 : Number(first(this.#head.get(rowId)) ?? -1)
    })
  }

  /** Up to {@link PAGE} records of the book, both ends inclusive. */
  records(id: BookId, from: Revision, to: Revision): readonly LedgerRecord[] {
    return this.#guarded(() => {
      const rowId = this.#rowIdOf(id)
      return rowId === undefined ? [] : this.#records.all(rowId, from, to).map((row) => recordOf(values(row), 0))
    })
  }

  /** The position of the last record of all books, or 0. */
  end(): number {
    return this.#guarded(() => Number(first(this.#end.get()) ?? 0))
  }

  /** Up to {@link PAGE} records of all books that follow the position. */
  after(position: number): readonly Followed[] {
    return this.#guarded(() =>
      this.#after.all(position).map((row) => {
        const columns = values(row)
        return {
          position: String(columns[0]),
          id: this.#bookOf(Number(columns[1])),
          record: recordOf(columns, 2),
        }
      }),
    )
  }

  /** Up to {@link PAGE} books that follow the given one in the order of community and book. */
  summaries(community: string, book: string): readonly BookSummary[] {
    return this.#guarded(() =>
      this.#summaries.all(community, book).map((row) => {
        const [community, book, revision, hash] = values(row)
        return { id: bookId(community, book), head: { revision: Number(revision), hash: String(hash) } }
      }),
    )
  }

  close(): void {
    this.#db.close()
  }

  #rowIdOf({ community, book }: BookId): number | undefined {
    const key = `${book} ${community}`
    const known = this.#rowIds.get(key)
    if (known !== undefined) return known
    const found = first(this.#rowId.get(community, book))
    if (found === undefined) return undefined
    this.#rowIds.set(key, Number(found))
    return Number(found)
  }

  #bookOf(rowId: number): BookId {
    const known = this.#books.get(rowId)
    if (known !== undefined) return known
    const row = this.#book.get(rowId)
    if (row === undefined) throw new Error(`a record belongs to book ${rowId}, which is not there`)
    const [community, book] = values(row)
    const id = bookId(community, book)
    this.#books.set(rowId, id)
    return id
  }

  #guarded<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new StoreUnavailable(`the ledger could not be read: ${reason}`, 1, { cause: error })
    }
  }
}

function arrays(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql)
  // Half the time of rows as objects, https://nodejs.org/api/sqlite.html#statementsetreturnarraysenabled
  statement.setReturnArrays(true)
  return statement
}

// The types of node:sqlite do not know about `setReturnArrays`.
function values(row: unknown): Row {
  return row as Row
}

function first(row: unknown): SQLOutputValue | undefined {
  return row === undefined ? undefined : values(row)[0]
}

function recordOf(row: Row, at: number): LedgerRecord {
  return {
    revision: row[at] as Revision,
    id: row[at + 1] as string,
    hash: row[at + 2] as string,
    text: row[at + 3] as string,
  }
}

function bookId(community: unknown, book: unknown): BookId {
  return { community: community as string, book: book as BookName }
}
