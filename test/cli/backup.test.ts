import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import type { BooksManifest, KeysManifest } from '../../src/cli/backup/manifest.ts'
import { takeBackup } from '../../src/cli/backup/take.ts'
import { verifyBook } from '../../src/ledger/proofs/verify-book.ts'
import { openSqliteLedgers } from '../../src/ledger/sqlite/sqlite-ledgers.ts'
import { gardenDirectory, hearthbook, json, serving, temporary } from './cli.ts'

const BOOK = { community: 'garden', book: 'open' } as const
const FREE = ['--port', '0', '--no-metrics', '--log-level', 'warn', '--requests-per-minute', '0'] as const
const CLIENTS = 4

interface Answer {
  readonly books: BooksManifest
  readonly keys: KeysManifest
}

interface Rows {
  readonly rows?: unknown
}

/** Clients that act as fast as they are answered, from now on. @returns what ends them, and the revisions they were told. */
function load(url: string, token: string) {
  const acknowledged: number[] = []
  let isOver = false
  const first = Promise.withResolvers<void>()
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let turn = 0; !isOver; turn += 1) {
      const name = `Circle ${client} of turn ${turn}`
      const response = await fetch(`${url}/v1/communities/garden/imports/load-${client}-${turn}/holdings`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          rows: [
            {
              memberId: `guest-${client}-${turn}`,
              memberName: name,
              role: 'guest',
              circle: 'garden',
              from: '2024',
              source: 'x',
            },
          ],
        }),
      })
      const body = (await response.json()) as { readonly events?: readonly { readonly revision: number }[] }
      if (!response.ok || !body.events) throw new Error(JSON.stringify(body))
      acknowledged.push(...body.events.map(({ revision }) => revision))
      first.resolve()
    }
  })
  const running = Promise.all(clients)
  running.catch(first.reject)
  return {
    acknowledged,
    begun: first.promise,
    async end() {
      isOver = true
      await running
    },
  }
}

async function rootOf(file: string, to: number): Promise<string> {
  const ledgers = await openSqliteLedgers({ file, readOnly: true })
  try {
    return (await verifyBook(BOOK, ledgers.read(BOOK, { to }))).root
  } finally {
    await ledgers.close()
  }
}

test('a backup taken under load verifies, has all that was acknowledged, and answers as the original did', async () => {
  const data = await gardenDirectory()
  const server = await serving(['serve', '--data', data, ...FREE])
  const under = load(server.url, readFileSync(join(data, 'server.token'), 'utf8').trim())
  await under.begun
  const places = { to: join(temporary(), 'books'), keysTo: join(temporary(), 'deep', 'keys') }
  const before = [...under.acknowledged]
  const { books } = await json<Answer>('backup', '--data', data, '--to', places.to, '--keys-to', places.keysTo)
  const meanwhile = under.acknowledged.length - before.length
  await under.end()
  await server.stop()

  const [book] = books.books
  const revision = book?.revision ?? -1
  expect(book).toMatchObject({ ...BOOK, records: revision + 1 })
  expect(Math.max(...before)).toBeLessThanOrEqual(revision)
  // Else the load was over before the copy began, and nothing was shown.
  expect(meanwhile).toBeGreaterThan(0)
  expect(Math.max(...under.acknowledged)).toBeGreaterThan(revision)
  expect(book?.root).toBe(await rootOf(join(data, 'ledger.db'), revision))

  const restored = join(temporary(), 'restored')
  const from = ['--from', places.to, '--keys-from', places.keysTo]
  expect(await hearthbook('restore', ...from, '--data', restored)).toMatchObject({ code: 0 })
  expect(await rootOf(join(restored, 'ledger.db'), revision)).toBe(book?.root)
  // The key is the operator's to bring.
  expect((await hearthbook('who', '--data', restored)).err).toContain('no master key')
  await copyFile(join(data, 'master.key'), join(restored, 'master.key'))
  const asked = ['people', '--at-revision', String(revision)]
  const [original, copy] = [
    await json<Rows>('ask', ...asked, '--data', data),
    await json<Rows>('ask', ...asked, '--data', restored),
  ]
  const text = JSON.stringify(copy)
  expect(text).toContain('Circle 0 of turn 0')
  expect(withoutHead(copy)).toEqual(withoutHead(original))
})

/** An answer without what the record has come to since, which differs where it went on. */
function withoutHead(answer: object): object {
  const { head: _, ...rest } = answer as { readonly head?: unknown }
  return rest
}

test('books and keys are copied apart, for their owner only, with the master key nowhere', async () => {
  const data = await gardenDirectory()
  const [to, keysTo] = [join(temporary(), 'books'), temporary()]
  const { code, out } = await hearthbook('backup', '--data', data, '--to', to, '--keys-to', keysTo)
  expect({ code, names: [readdirSync(to).sort(), readdirSync(keysTo).sort()] }).toEqual({
    code: 0,
    names: [
      ['backup.json', 'ledger.db'],
      ['backup.json', 'identity.db', 'vault.db'],
    ],
  })
  expect(out).toMatch(/^garden, open book: sound, \d+ records, root \S+\n {2}up to revision \d+, hash \S+$/m)
  expect(out).toContain('The master key was not copied')
  for (const file of [...readdirSync(to).map((name) => join(to, name)), join(keysTo, 'vault.db')])
    expect([file, statSync(file).mode & 0o077]).toEqual([file, 0])
  const manifest = JSON.parse(readFileSync(join(to, 'backup.json'), 'utf8')) as BooksManifest
  expect(manifest).toMatchObject({ format: 'hearthbook-backup-1', files: { 'ledger.db': expect.any(String) } })
  expect(await hearthbook('verify', '--data', to)).toMatchObject({ code: 0 })
})

test('places that are together, filled, or no directories are refused, and nothing is written', async () => {
  const [data, place] = [await gardenDirectory(), temporary()]
  const [free, filled, file] = [join(place, 'free'), join(place, 'filled'), join(place, 'file')]
  mkdirSync(filled)
  writeFileSync(join(filled, 'something'), '')
  writeFileSync(file, '')
  const taking = (to: string, keysTo: string) => takeBackup({ directory: data, to, keysTo })
  for (const [to, keysTo] of [
    [free, free],
    [free, `${free}/./`],
    [free, join(free, 'keys')],
    [join(free, 'books'), free],
  ] as const)
    await expect(taking(to, keysTo)).rejects.toThrow('must be apart')
  await expect(taking(filled, free)).rejects.toThrow('--to: ')
  await expect(taking(free, filled)).rejects.toThrow('is not empty')
  await expect(taking(free, file)).rejects.toThrow('is a file')
  await expect(takeBackup({ directory: dirname(data), to: free, keysTo: join(place, 'keys') })).rejects.toThrow(
    'vault.db',
  )
  expect(readdirSync(place).sort()).toEqual(['file', 'filled'])
})

test('a store that does not verify gives no backup, and what is wrong is named', async () => {
  const data = await gardenDirectory()
  const db = new DatabaseSync(join(data, 'ledger.db'))
  db.exec(`DROP TRIGGER records_no_update; UPDATE records SET text = replace(text, '2024-04-01', '2025-04-01')`)
  db.close()
  const [to, keysTo] = [join(temporary(), 'books'), join(temporary(), 'keys')]
  const { code, out, err } = await hearthbook('backup', '--data', data, '--to', to, '--keys-to', keysTo)
  expect(code).toBe(1)
  expect(out).toMatch(/ledger\.db: The trigger records_no_update is missing/)
  expect(out).toMatch(/edited at revision \d+:/)
  expect(err).toContain('No backup was made')
  expect([to, keysTo].flatMap((place) => (existsSync(place) ? readdirSync(place) : []))).toEqual([])
})
