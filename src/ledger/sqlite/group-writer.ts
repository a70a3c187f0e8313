import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Failure, failureOf, isDuplicate } from './failure.ts'
import { type Conflict, EMPTY, type Group } from './messages.ts'

/**
 * Pages in the write-ahead log from which on they are copied into the file itself. Random ids dirty the same index pages
 * again and again, so fewer and larger copies are cheaper than SQLite's own 1000. From 4096 on, the log's index would
 * have to grow, which can fail on a full disk in the middle of a COMMIT.
 */
const CHECKPOINT_PAGES = 4000

interface Book {
  /** Row of the book, or `undefined` before its first record. */
  rowId: number | undefined
  head: number
}

export type Written = { readonly conflicts: readonly Conflict[] } | { readonly failure: Failure }

/**
 * Writes groups of appends, one transaction each. It must be the only writer of the file, because it keeps the heads
 * of the books in memory.
 */
export class GroupWriter {
  readonly #books = new Map<string, Book>()
  readonly #db: DatabaseSync
  readonly #begin: StatementSync
  readonly #commit: StatementSync
  readonly #findBook: StatementSync
  readonly #findHead: StatementSync
  readonly #findRecord: StatementSync
  readonly #findId: StatementSync
  readonly #addBook: StatementSync
  readonly #addRecord: StatementSync
  readonly #logSize: StatementSync
  readonly #checkpoint: StatementSync

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#begin = db.prepare('BEGIN IMMEDIATE')
    this.#commit = db.prepare('COMMIT')
    this.#findBook = db.prepare('SELECT id FROM books WHERE community = ? AND book = ?')
    this.#findHead = db.prepare('SELECT max(revision) AS head FROM records WHERE book_id = ?')
    this.#findRecord = db.prepare('SELECT id, text FROM records WHERE book_id = ? AND revision = ?')
    this.#findId = db.prepare('SELECT 1 FROM records WHERE id = ?')
    this.#addBook = db.prepare('INSERT INTO books (community, book) VALUES (?, ?)')
    this.#addRecord = db.prepare('INSERT INTO records (book_id, revision, id, hash, text) VALUES (?, ?, ?, ?, ?)')
    this.#logSize = db.prepare('PRAGMA wal_checkpoint(NOOP)')
    this.#checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  }

  /**
   * Commits the group. Appends whose check fails are left out and named; an error of any statement fails them all,
   * and nothing of the group is there (see {@link Failure.outcome} for the one exception).
   */
  write(group: Group): Written {
    const written = this.#attempt(group, false)
    // Ids are unique by derivation, so they are looked up only after the index has said that one is not.
    return written ?? this.#attempt(group, true) ?? { failure: failureOf(new Error('ids clash'), false) }
  }

  /**
   * Copies a long write-ahead log into the file. Called between groups and not by SQLite within COMMIT, which would keep
   * its errors to itself. Throws errors of SQLite.
   */
  checkpointIfDue(): void {
    if (Number(this.#logSize.get()?.log) >= CHECKPOINT_PAGES) this.#checkpoint.get()
  }

  #attempt(group: Group, checkIds: boolean): Written | undefined {
    let committing = false
    try {
      this.#begin.run()
      const conflicts = this.#appendAll(group, checkIds)
      committing = true
      this.#commit.run()
      return { conflicts }
    } catch (error) {
      this.#books.clear()
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      return !checkIds && isDuplicate(error) ? undefined : { failure: failureOf(error, committing) }
    }
  }

  #appendAll(group: Group, checkIds: boolean): Conflict[] {
    const books = group.communities.map((community, index) => this.#bookOf(community, at(group.names, index)))
    const conflicts: Conflict[] = []
    let end = 0
    for (const [index, bookIndex] of group.books.entries()) {
      const book = at(books, bookIndex)
      const expected = at(group.expected, index)
      const start = end
      end += at(group.counts, index)
      if (book.head !== expected) {
        if (!this.#isThere(book, expected, group, start, end)) conflicts.push({ index, actual: book.head })
        continue
      }
      const takenId = checkIds ? this.#takenId(group.ids.slice(start, end)) : undefined
      if (takenId !== undefined) {
        conflicts.push({ index, actual: book.head, takenId })
        continue
      }
      book.rowId ??= this.#newBook(at(group.communities, bookIndex), at(group.names, bookIndex))
      for (let i = start; i < end; i++) {
        this.#addRecord.run(book.rowId, ++book.head, at(group.ids, i), at(group.hashes, i), at(group.texts, i))
      }
    }
    return conflicts
  }

  #isThere({ rowId }: Book, expected: number, group: Group, start: number, end: number): boolean {
    if (rowId === undefined) return false
    for (let i = start; i < end; i++) {
      const found = this.#findRecord.get(rowId, expected + 1 + i - start)
      if (found?.id !== group.ids[i] || found?.text !== group.texts[i]) return false
    }
    return true
  }

  #takenId(ids: readonly string[]): string | undefined {
    return ids.find((id, index) => ids.indexOf(id) !== index || this.#findId.get(id) !== undefined)
  }

  #bookOf(community: string, name: string): Book {
    const key = `${name} ${community}`
    const known = this.#books.get(key)
    if (known !== undefined) return known
    const rowId = this.#findBook.get(community, name)?.id
    const head = rowId === undefined ? undefined : this.#findHead.get(rowId)?.head
    const book: Book = { rowId: rowId === undefined ? undefined : Number(rowId), head: Number(head ?? EMPTY) }
    this.#books.set(key, book)
    return book
  }

  #newBook(community: string, name: string): number {
    return Number(this.#addBook.run(community, name).lastInsertRowid)
  }
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index]
  if (value === undefined) throw new RangeError('the group is not complete')
  return value
}
