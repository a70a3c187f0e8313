import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSqliteLedgers } from '../../src/ledger/sqlite/sqlite-ledgers.ts'
import { ANSWERS } from '../support/eventstore-stand-in/faults.ts'
import { StandIn } from '../support/eventstore-stand-in/stand-in.ts'
import { readAll } from '../support/records.ts'
import { gardenDirectory, hearthbook, json, serving, temporary } from './cli.ts'

/** Imports one of the examples into a data directory of its own. */
async function imports(example: 'us-congress' | 'kubernetes', data: string): Promise<void> {
  const folder = fileURLToPath(new URL(`../../examples/${example}/`, import.meta.url))
  const holdings = example === 'us-congress' ? `${example}.jsonl.gz` : `${example}.jsonl`
  const files = [`${example}.circles.jsonl`, holdings].map((name) => join(folder, name))
  const mapped = example === 'kubernetes' ? ['--map', join(folder, 'map.json')] : []
  const { code, err } = await hearthbook(
    'import',
    ...files,
    ...mapped,
    '--data',
    data,
    '--community',
    example,
    '--found',
  )
  expect(code, err).toBe(0)
}

interface Migrated {
  readonly books: readonly {
    readonly community: string
    readonly book: 'open' | 'private'
    readonly records: number
    readonly copied: number
    readonly root: string
  }[]
}

async function standIn(): Promise<StandIn> {
  const started = await StandIn.start()
  onTestFinished(() => started.stop())
  return started
}

async function recordsIn(directory: string, community: string) {
  const ledgers = await openSqliteLedgers({ file: join(directory, 'ledger.db'), readOnly: true })
  try {
    return await readAll(ledgers, { community, book: 'open' })
  } finally {
    await ledgers.close()
  }
}

describe('stand-in: migrating', () => {
  it('takes us-congress there and back to the same root hash', async () => {
    const store = await standIn()
    const folder = temporary()
    const [data, back] = [join(folder, 'data'), join(folder, 'back')]
    await imports('us-congress', data)
    const there = await json<Migrated>('migrate', '--from', data, '--to', store.url)
    const [book] = there.books
    expect(there.books).toHaveLength(1)
    expect([book?.records, book?.copied]).toEqual([38_150, 38_150])
    const returned = await json<Migrated>('migrate', 'us-congress', '--from', store.url, '--to', back)
    expect(returned).toEqual(there)
    expect(await recordsIn(back, 'us-congress')).toEqual(await recordsIn(data, 'us-congress'))
  }, 600_000)

  it('goes on where it was stopped', async () => {
    const store = await standIn()
    const data = join(temporary(), 'data')
    await imports('kubernetes', data)
    const gone = { carriedOut: true, ends: ANSWERS.unavailable }
    store.plan('append', [{}, {}, gone, gone])
    const stopped = await hearthbook('migrate', '--from', data, '--to', store.url)
    expect(stopped.code).toBe(5)
    expect(stopped.err).toMatch(/kubernetes, open book: stopped at revision 1000: .*the same again goes on from there/)
    const { books } = await json<Migrated>('migrate', '--from', data, '--to', store.url)
    expect(books).toMatchObject([{ records: 1609, copied: 109 }])
    const again = await json<Migrated>('migrate', '--from', data, '--to', store.url)
    expect(again.books).toMatchObject([{ records: 1609, copied: 0, root: books[0]?.root }])
  })

  it('says what keeps it from it, and then writes nothing', async () => {
    const store = await standIn()
    const data = await gardenDirectory()
    const folder = temporary()
    const to = ['--to', store.url]
    const expectRefused = async (args: readonly string[], code: number, words: RegExp) => {
      const refused = await hearthbook('migrate', ...args)
      expect(refused.err).toMatch(words)
      expect(refused.code).toBe(code)
    }
    await expectRefused(['--from', join(folder, 'nowhere'), ...to], 4, /--from: there is no ledger in/)
    await expectRefused(['nobody', '--from', data, ...to], 4, /There is no community "nobody"/)
    await expectRefused(['--from', data, '--to', data], 2, /are the same place/)
    await expectRefused(['--from', data], 2, /--to store: HEARTHBOOK_STORE names no store/)
    await expectRefused(['--from', data, '--to', 'http://a:geheim@b'], 2, /^(?!.*geheim).*--to must be the address/)
    const tampered = join(folder, 'tampered')
    mkdirSync(tampered)
    copyFileSync(join(data, 'ledger.db'), join(tampered, 'ledger.db'))
    const db = new DatabaseSync(join(tampered, 'ledger.db'))
    db.exec('DROP TRIGGER records_no_update')
    db.exec(`UPDATE records SET text = replace(text, 'garden', 'gorden') WHERE revision = 2`)
    db.close()
    await expectRefused(['--from', tampered, ...to], 1, /garden, open book: does not verify in .* at revision 2/)
    const server = await serving(['serve', '--data', data, '--port', '0', '--no-metrics'])
    await expectRefused(['--from', data, ...to], 5, /in use by another Hearthbook process/)
    await server.stop()
    expect(store.log.stream('hearthbook-garden')).toEqual([])

    const other = await gardenDirectory()
    expect((await hearthbook('migrate', '--from', other, ...to)).code).toBe(0)
    await expectRefused(['--from', data, ...to], 3, /the target has another book of that name at revision \d+. Nothing/)
    expect((await hearthbook('migrate', '--from', store.url, '--to', join(folder, 'copy'))).out).toMatch(
      /^garden, open book: \d+ records, root \S{43}$/m,
    )
  })
})
