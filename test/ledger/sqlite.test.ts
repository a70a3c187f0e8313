import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Ledgers, StoreUnavailable } from '../../src/ledger/port.ts'
import { LedgerRefused, openForWriting, requireSqlite } from '../../src/ledger/sqlite/connection.ts'
import { DirectoryInUse, lockDirectory } from '../../src/ledger/sqlite/directory-lock.ts'
import { openSqliteLedgers } from '../../src/ledger/sqlite/sqlite-ledgers.ts'
import { ledgersContract } from '../contract/ledgers.ts'
import { collect, freshBook, readAll, recordsFrom } from '../support/records.ts'
import { runChild, scratchDirectory } from './children/run.ts'

ledgersContract('sqlite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'hearthbook-ledger-'))
  const file = join(directory, 'ledger.db')
  let ledgers = await openSqliteLedgers({ file })
  return {
    ledgers,
    async reopen() {
      await ledgers.close()
      ledgers = await openSqliteLedgers({ file })
      return ledgers
    },
    async dispose() {
      await ledgers.close()
      rmSync(directory, { recursive: true })
    },
  }
})

async function open(file: string, readOnly = false): Promise<Ledgers> {
  const ledgers = await openSqliteLedgers({ file, readOnly })
  onTestFinished(() => ledgers.close())
  return ledgers
}

/** A file with one book of three records, closed. */
async function filledFile(): Promise<string> {
  const file = join(scratchDirectory(), 'ledger.db')
  const ledgers = await openSqliteLedgers({ file })
  await ledgers.append({ community: 'hearth', book: 'open' }, 'empty', recordsFrom(0, 3))
  await ledgers.close()
  return file
}

describe('an append-only file', () => {
  it.each([
    `UPDATE records SET text = 'other' WHERE revision = 1`,
    'UPDATE records SET revision = revision',
    'DELETE FROM records',
    'DELETE FROM records WHERE revision = 2',
    `INSERT OR REPLACE INTO records SELECT position, book_id, revision, id, hash, 'other' FROM records LIMIT 1`,
    `REPLACE INTO records (book_id, revision, id, hash, text) VALUES (1, 0, 'new', 'h', 'other')`,
    `UPDATE books SET community = 'other'`,
    'DELETE FROM books',
    `INSERT OR REPLACE INTO books (id, community, book) VALUES (1, 'other', 'open')`,
  ])('refuses %s', async (sql) => {
    const file = await filledFile()
    const db = openForWriting(file)
    onTestFinished(() => db.close())
    const all = () => [db.prepare('SELECT * FROM records').all(), db.prepare('SELECT * FROM books').all()]
    const before = all()
    expect(() => db.exec(sql)).toThrow(/are only ever added to/)
    expect(all()).toEqual(before)
  })

  it('is written with the settings that keep what was acknowledged', async () => {
    const db = openForWriting(await filledFile())
    onTestFinished(() => db.close())
    const names = [
      'journal_mode',
      'synchronous',
      'foreign_keys',
      'trusted_schema',
      'cell_size_check',
      'recursive_triggers',
    ]
    const settings = names.map((name) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0])
    expect(settings).toEqual(['wal', 2, 1, 0, 1, 1])
  })
})

describe('starting', () => {
  it('refuses a SQLite that can lose data', () => {
    expect(() => requireSqlite('3.51.2')).toThrow(/SQLite 3\.51\.2, which can lose data.*3\.51\.3 or newer/)
    for (const version of ['3.9.99', '2.60.9', undefined]) expect(() => requireSqlite(version)).toThrow(LedgerRefused)
    for (const version of ['3.51.3', '3.51.10', '3.52.0', '4.0.0']) expect(() => requireSqlite(version)).not.toThrow()
  })

  it('refuses a schema that is newer than the code, and leaves it alone', async () => {
    const file = await filledFile()
    const db = new DatabaseSync(file)
    db.exec('UPDATE meta SET schema_version = 2')
    db.close()
    for (const readOnly of [false, true]) {
      await expect(openSqliteLedgers({ file, readOnly })).rejects.toThrow(/newer Hearthbook.*version 2.*up to 1/)
    }
  })

  it('refuses files that are no ledgers, and leaves them alone', async () => {
    const directory = scratchDirectory()
    const other = join(directory, 'other.db')
    const db = new DatabaseSync(other)
    db.exec('CREATE TABLE guests (name TEXT)')
    db.close()
    const text = join(directory, 'text.db')
    writeFileSync(text, 'a letter to our guests, longer than any header of a file would have to be. '.repeat(20))
    for (const readOnly of [false, true]) {
      await expect(openSqliteLedgers({ file: other, readOnly })).rejects.toThrow(/is not a ledger of Hearthbook/)
      await expect(openSqliteLedgers({ file: text, readOnly })).rejects.toThrow(/cannot be opened as a ledger/)
    }
    const again = new DatabaseSync(other)
    expect(again.prepare('PRAGMA journal_mode').get()?.journal_mode).toBe('delete')
    again.close()
    await expect(openSqliteLedgers({ file: join(directory, 'missing', 'ledger.db') })).rejects.toThrow(LedgerRefused)
  })
})

describe('reading only', () => {
  it('never makes a file', async () => {
    const file = join(scratchDirectory(), 'ledger.db')
    await expect(openSqliteLedgers({ file, readOnly: true })).rejects.toThrow(/There is no ledger at/)
    expect(existsSync(file)).toBe(false)
  })

  it('reads beside a writer and writes nothing', async () => {
    const file = join(scratchDirectory(), 'ledger.db')
    const [writing, reading] = [await open(file), await open(file, true)]
    const id = freshBook()
    expect(await readAll(reading, id)).toEqual([])
    const records = recordsFrom(0, 5)
    await writing.append(id, 'empty', records)
    expect(await readAll(reading, id)).toEqual(records)
    expect(await collect(reading.list())).toHaveLength(1)
    await expect(reading.append(id, 4, recordsFrom(5))).rejects.toThrow(StoreUnavailable)
    expect(await readAll(writing, id)).toEqual(records)
  })
})

describe('one writing process per data directory', () => {
  it('refuses a second process in clear words', async () => {
    const directory = scratchDirectory()
    const lock = lockDirectory(directory)
    const refused = runChild('take-lock.ts', [directory])
    expect(await refused.ended).toBe(0)
    expect(refused.lines).toEqual([
      `DirectoryInUse: The data directory ${directory} is in use by another Hearthbook process, ` +
        'and only one may write to it. Stop that process first.',
    ])
    lock.release()
    lock.release()
    const next = runChild('take-lock.ts', [directory])
    await next.printed(1)
    expect(next.lines).toEqual(['locked'])
  })

  it('lets the next process in when one was killed', async () => {
    const directory = scratchDirectory()
    const child = runChild('take-lock.ts', [directory])
    await child.printed(1)
    expect(() => lockDirectory(directory)).toThrow(DirectoryInUse)
    child.process.kill('SIGKILL')
    await child.ended
    lockDirectory(directory).release()
  })

  it('refuses a second lock in the same process too', () => {
    const directory = scratchDirectory()
    const lock = lockDirectory(directory)
    expect(() => lockDirectory(directory)).toThrow(DirectoryInUse)
    lock.release()
    lockDirectory(directory).release()
  })
})
