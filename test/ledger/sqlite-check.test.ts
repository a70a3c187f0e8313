import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { checkSqliteFile } from '../../src/ledger/sqlite/check.ts'
import { openSqliteLedgers } from '../../src/ledger/sqlite/sqlite-ledgers.ts'
import { recordsFrom } from '../support/records.ts'
import { scratchDirectory } from './children/run.ts'

const PAGE_BYTES = 4096

async function filledFile(count = 400): Promise<{ file: string; id: string }> {
  const file = join(scratchDirectory(), 'ledger.db')
  const ledgers = await openSqliteLedgers({ file })
  const records = recordsFrom(0, count)
  await ledgers.append({ community: 'hearth', book: 'open' }, 'empty', records)
  await ledgers.close()
  return { file, id: records[0].id }
}

function change(file: string, sql: string): void {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false })
  db.exec(sql)
  db.close()
}

it('finds nothing in a sound file, open or closed', async () => {
  const { file } = await filledFile()
  expect(checkSqliteFile(file)).toEqual([])
  const ledgers = await openSqliteLedgers({ file })
  await ledgers.append({ community: 'mill', book: 'open' }, 'empty', recordsFrom(0, 20))
  expect(checkSqliteFile(file)).toEqual([])
  await ledgers.close()
})

it.each([
  ['DROP TRIGGER records_no_update', ['The trigger records_no_update is missing.']],
  [
    'DROP TRIGGER books_no_delete; CREATE TRIGGER books_no_delete BEFORE DELETE ON books BEGIN SELECT 1; END',
    ['The trigger books_no_delete is not the one that Hearthbook makes.'],
  ],
  ['CREATE TABLE guests (name TEXT)', ['The table guests does not belong here.']],
  ['CREATE INDEX by_hash ON records (hash)', ['The index by_hash does not belong here.']],
  [
    'UPDATE meta SET schema_version = 0',
    [expect.stringMatching(/^The table meta holds .*"schema_version":0.*, expected .*"schema_version":1/)],
  ],
  [
    `INSERT INTO records (book_id, revision, id, hash, text) VALUES (9, 0, 'i', 'h', 't')`,
    ['Row 401 of records refers to a row of books that is not there.'],
  ],
])('names what %s did', async (sql, findings) => {
  const { file } = await filledFile()
  change(file, sql)
  expect(checkSqliteFile(file)).toEqual(findings)
})

it('names every page that was overwritten, and never throws', async () => {
  const { file } = await filledFile()
  const sound = readFileSync(file)
  for (let page = 1; page < sound.length / PAGE_BYTES; page++) {
    const damaged = Buffer.from(sound)
    damaged.fill(0xa5, page * PAGE_BYTES, page * PAGE_BYTES + 64)
    writeFileSync(file, damaged)
    expect(checkSqliteFile(file), `page ${page + 1}`).not.toEqual([])
  }
  const cut = sound.subarray(0, sound.length - 3 * PAGE_BYTES)
  writeFileSync(file, cut)
  expect(checkSqliteFile(file)).not.toEqual([])
})

it('names an id that the table and its index tell differently', async () => {
  // So few that no page was ever split, which would leave old copies in unused bytes.
  const { file, id } = await filledFile(20)
  const sound = readFileSync(file)
  const places = [sound.indexOf(id), sound.lastIndexOf(id)]
  expect(new Set(places).size).toBe(2)
  for (const place of places) {
    const damaged = Buffer.from(sound)
    damaged[place] = (damaged[place] ?? 0) ^ 1
    writeFileSync(file, damaged)
    const finding = 'The index sqlite_autoindex_records_1 and the table records differ at position 1.'
    expect(checkSqliteFile(file)).toContain(finding)
  }
})

it('names an index that has lost a row', async () => {
  const { file, id } = await filledFile(20)
  const bytes = readFileSync(file)
  // A leaf of an index starts with 10; the number of its cells stands behind it, https://sqlite.org/fileformat2.html
  const pages = [bytes.indexOf(id), bytes.lastIndexOf(id)].map((at) => at - (at % PAGE_BYTES))
  const leaf = pages.find((page) => bytes[page] === 10) ?? Number.NaN
  expect(bytes.readUInt16BE(leaf + 3)).toBe(20)
  bytes.writeUInt16BE(19, leaf + 3)
  writeFileSync(file, bytes)
  expect(checkSqliteFile(file)).toContain('The index sqlite_autoindex_records_1 has 19 rows, the table records 20.')
})

it('says so when there is no file, or no database', () => {
  const directory = scratchDirectory()
  const missing = join(directory, 'missing.db')
  expect(checkSqliteFile(missing)).toEqual([`There is no file ${missing}.`])
  const letter = join(directory, 'letter.db')
  writeFileSync(letter, 'Dear guests, '.repeat(500))
  expect(checkSqliteFile(letter)).toContain('The structure of the file could not be checked: file is not a database.')
})
