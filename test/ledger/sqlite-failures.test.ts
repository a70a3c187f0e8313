import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkSqliteFile } from '../../src/ledger/sqlite/check.ts'
import { openForWriting } from '../../src/ledger/sqlite/connection.ts'
import { GroupWriter } from '../../src/ledger/sqlite/group-writer.ts'
import type { Group } from '../../src/ledger/sqlite/messages.ts'
import { openSqliteLedgers } from '../../src/ledger/sqlite/sqlite-ledgers.ts'
import { readAll, recordsFrom } from '../support/records.ts'
import { runChild, scratchDirectory } from './children/run.ts'

/** Appends of one record each, every one to a book of its own. */
function groupOf(communities: string[], text: string): Group {
  const [record] = recordsFrom(0, 1)
  return {
    communities,
    names: communities.map(() => 'open'),
    books: communities.map((_, index) => index),
    expected: communities.map(() => -1),
    counts: communities.map(() => 1),
    ids: communities.map((community) => `id-${community}`),
    hashes: communities.map(() => record.hash),
    texts: communities.map(() => text),
  }
}

const canMount = (() => {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'none', '/mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

describe('a full disk', () => {
  it('fails the whole group, leaves nothing of it and takes appends again afterwards', () => {
    const db = openForWriting(join(scratchDirectory(), 'ledger.db'))
    onTestFinished(() => db.close())
    const writer = new GroupWriter(db)
    expect(writer.write(groupOf(['a', 'b'], 'small'))).toEqual({ conflicts: [] })
    const pages = Number(db.prepare('PRAGMA page_count').get()?.page_count)
    db.exec(`PRAGMA max_page_count = ${pages + 3}`)
    const group = groupOf(['c', 'd', 'e'], 'x'.repeat(8000))
    expect(writer.write(group)).toMatchObject({ failure: { outcome: 'full', fatal: false } })
    expect(db.prepare('SELECT community FROM books ORDER BY id').all()).toMatchObject([
      { community: 'a' },
      { community: 'b' },
    ])
    expect(db.prepare('SELECT count(*) AS n FROM records').get()?.n).toBe(2)
    expect(writer.write(groupOf(['f'], 'small'))).toEqual({ conflicts: [] })
    db.exec(`PRAGMA max_page_count = ${pages + 1000}`)
    expect(writer.write(group)).toEqual({ conflicts: [] })
    expect(db.prepare('SELECT count(*) AS n FROM records').get()?.n).toBe(6)
  })

  it.skipIf(!canMount)('is told as StoreFull while reads go on, and writing works when space returns', async () => {
    const directory = scratchDirectory()
    const mounted = `mount -t tmpfs -o size=3m none ${directory} && exec "$@"`
    const child = runChild('fill-disk.ts', [directory], ['unshare', '-rm', 'sh', '-c', mounted, 'sh'])
    await child.printed(1)
    const report = JSON.parse(child.lines[0] ?? '{}')
    expect(report).toMatchObject({ first: 'StoreFull', again: 'StoreFull', fatal: [], findings: [] })
    expect(report.acknowledged).toBeGreaterThan(10)
    expect(report.readable).toBe(report.acknowledged)
    expect(report.afterwards).toBe(report.acknowledged + 1)
  })
})

describe('a broken disk', () => {
  it('ends writing until a restart, tells the process once, and loses nothing acknowledged', async () => {
    const file = join(scratchDirectory(), 'ledger.db')
    const child = runChild('break-disk.ts', [file], ['sh', '-c', 'ulimit -f 800; exec "$@"', 'sh'])
    await child.printed(1)
    const report = JSON.parse(child.lines[0] ?? '{}')
    expect(report.acknowledged).toBeGreaterThan(3)
    expect(report).toMatchObject({
      errors: ['AppendOutcomeUnknown', 'StoreUnavailable'],
      readable: report.acknowledged,
      fatal: ['StoreUnavailable'],
    })
    await child.ended
    const ledgers = await openSqliteLedgers({ file })
    onTestFinished(() => ledgers.close())
    const records = await readAll(ledgers, { community: 'hearth', book: 'open' })
    expect(records.length).toBeGreaterThanOrEqual(report.acknowledged)
    expect(checkSqliteFile(file)).toEqual([])
  })
})

describe('a killed process', () => {
  it('has lost nothing that was acknowledged, round after round', { timeout: 60_000 }, async () => {
    const directory = scratchDirectory()
    const file = join(directory, 'ledger.db')
    const acknowledged: string[] = []
    for (const lines of [1, 7, 60, 400, 1500]) {
      const child = runChild('append-forever.ts', [directory])
      await child.printed(lines)
      child.process.kill('SIGKILL')
      expect(await child.ended).toBe('SIGKILL')
      acknowledged.push(...child.lines)

      const ledgers = await openSqliteLedgers({ file })
      const found = new Set<string>()
      for (const community of ['hearth', 'harbour', 'mill']) {
        const records = await readAll(ledgers, { community, book: 'open' })
        expect(records.map((record) => record.revision)).toEqual([...records.keys()])
        for (const record of records) found.add(`${community} ${record.revision} ${record.id}`)
      }
      await ledgers.close()
      expect(acknowledged.filter((line) => !found.has(line))).toEqual([])
      expect(checkSqliteFile(file)).toEqual([])
    }
    expect(acknowledged.length).toBeGreaterThan(1900)
  })
})
