import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { gardenDirectory, hearthbook, json, temporary } from './cli.ts'

async function exported() {
  const data = await gardenDirectory()
  const file = join(temporary(), 'garden.book.jsonl')
  const { code, err } = await hearthbook('export', '--data', data, '--out', file)
  const key = /hearthbook\+\S+/.exec(err)?.[0] ?? ''
  expect({ code, key }).toEqual({ code: 0, key: expect.stringMatching(/^hearthbook\+[0-9a-f]{8}\+/) })
  return { data, file, key, lines: readFileSync(file, 'utf8').trimEnd().split('\n') }
}

/** The file with its lines changed, in a place of its own. */
function changed(lines: readonly string[]): string {
  const file = join(temporary(), 'changed.jsonl')
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

test('a book goes out, verifies, comes in elsewhere and goes out again the same', async () => {
  const { data, file, key, lines } = await exported()
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    format: 'hearthbook-book-1',
    community: 'garden',
    verifierKey: key,
  })
  const verified = await hearthbook('verify', '--file', file)
  expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('sound') })
  expect(verified.out).toContain('It does not show that what they say is true')
  expect((await hearthbook('import-book', file, '--data', data)).code).toBe(3)

  const other = join(temporary(), 'other')
  const brought = await hearthbook('import-book', file, '--data', other, '--verifier-key', key)
  expect(brought).toMatchObject({ code: 0, out: expect.stringContaining('the same bytes') })
  const again = await hearthbook('export', '--data', other)
  expect(again.out.trimEnd().split('\n').slice(1)).toEqual(lines.slice(1))
  const who = await hearthbook('who', 'treasurer', '--on', '2023-01-01', '--data', other)
  expect(who.out).toMatch(/\(erased\).*2022-03-01/)
  expect((await hearthbook('verify', '--data', other)).code).toBe(0)
})

test('an edit, a deletion and an exchange are named with the first revision concerned, and stay outside', async () => {
  const { file, lines } = await exported()
  const edited = changed(
    lines.map((line, index) => (index === 8 ? line.replace('operator-cli', 'operator-clo') : line)),
  )
  const edit = await hearthbook('verify', '--file', edited)
  expect(edit).toMatchObject({ code: 1, out: expect.stringMatching(/edited at revision 7:/) })
  const other = join(temporary(), 'other')
  expect(await hearthbook('import-book', edited, '--data', other)).toMatchObject({ code: 1 })
  expect((await hearthbook('communities', '--data', other)).code).toBe(4)

  const deleted = await hearthbook('verify', '--file', changed(lines.toSpliced(6, 1)))
  expect(deleted).toMatchObject({ code: 1, out: expect.stringMatching(/deleted at revision 5:/) })
  const exchanged = lines.with(5, lines[6] ?? '').with(6, lines[5] ?? '')
  const order = await hearthbook('verify', '--file', changed(exchanged))
  expect(order).toMatchObject({ code: 1, out: expect.stringMatching(/reordered at revision [45]:/) })
  const short = await hearthbook('verify', '--file', changed(lines.slice(0, -1)))
  expect(short).toMatchObject({ code: 1, out: expect.stringMatching(/cut-off at revision/) })
  const stranger = 'hearthbook+00000000+AAAA'
  expect((await hearthbook('verify', '--file', file, '--verifier-key', stranger)).code).toBe(1)
})

test('a receipt that was kept names a tail that was cut off, whatever the file vouches for', async () => {
  const { data } = await exported()
  const acted = await json('do', 'join-community', '--as', 'bela', '--display-name', 'Bela Horvat', '--data', data)
  const receipt = join(temporary(), 'receipt.json')
  writeFileSync(receipt, JSON.stringify(acted))
  expect((await hearthbook('verify', 'garden', '--receipt', receipt, '--data', data)).code).toBe(0)

  const older = await exported()
  const rewritten = await hearthbook('verify', '--file', older.file, '--receipt', receipt, '--verifier-key', older.key)
  expect(rewritten.code).toBe(1)
  cutOff(data)
  const cut = await hearthbook('verify', 'garden', '--receipt', receipt, '--data', data)
  expect(cut).toMatchObject({
    code: 1,
    out: expect.stringMatching(/garden, open book: .*\n +cut-off at revision \d+:/),
  })
})

test('a record edited in the store is named, and so is the trigger that had to go for it', async () => {
  const { data } = await exported()
  const db = new DatabaseSync(join(data, 'ledger.db'))
  for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
    db.exec(`DROP TRIGGER ${String(name)}`)
  db.exec("UPDATE records SET text = replace(text, '2024-04-01', '2025-04-01') WHERE text LIKE '%2024-04-01%'")
  db.close()
  const { code, out } = await hearthbook('verify', '--data', data)
  expect(code).toBe(1)
  expect(out).toMatch(/The store: The trigger \w+ is missing\./)
  expect(out).toMatch(/edited at revision \d+:/)
  const asked = await hearthbook('who', '--data', data)
  expect(asked).toMatchObject({ code: 5, err: expect.stringContaining('LEDGER_DOES_NOT_VERIFY') })
})

function cutOff(data: string): void {
  const db = new DatabaseSync(join(data, 'ledger.db'))
  for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
    db.exec(`DROP TRIGGER ${String(name)}`)
  db.exec('DELETE FROM records WHERE position = (SELECT max(position) FROM records)')
  db.close()
}
