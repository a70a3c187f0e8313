import type { LedgerRecord } from '../src/ledger/port.ts'
import { openForWriting } from '../src/ledger/sqlite/connection.ts'

/**
 * Inserts records as fast as one thread can through node:sqlite: the ledger's own tables and settings, so many records a
 * transaction. @returns milliseconds for the inserts alone, and the rows that are there then.
 */
export function insertRaw(
  file: string,
  community: string,
  records: readonly LedgerRecord[],
  group: number,
): { readonly ms: number; readonly rows: number } {
  const db = openForWriting(file)
  try {
    // As often as the ledger's writer does it.
    db.exec('PRAGMA wal_autocheckpoint = 4000')
    const { lastInsertRowid: book } = db
      .prepare("INSERT INTO books (community, book) VALUES (?, 'open')")
      .run(community)
    const begin = db.prepare('BEGIN IMMEDIATE')
    const commit = db.prepare('COMMIT')
    const insert = db.prepare('INSERT INTO records (book_id, revision, id, hash, text) VALUES (?, ?, ?, ?, ?)')
    const start = performance.now()
    for (let from = 0; from < records.length; from += group) {
      begin.run()
      for (const { revision, id, hash, text } of records.slice(from, from + group)) {
        insert.run(book, revision, id, hash, text)
      }
      commit.run()
    }
    const ms = performance.now() - start
    return { ms, rows: Number(db.prepare('SELECT count(*) AS n FROM records').get()?.n) }
  } finally {
    db.close()
  }
}
