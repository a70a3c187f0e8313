import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { verifyBook } from '../../src/ledger/proofs/verify-book.ts'
import { checkSqliteFile } from '../../src/ledger/sqlite/check.ts'
import { openSqliteLedgers } from '../../src/ledger/sqlite/sqlite-ledgers.ts'
import { readAll } from '../support/records.ts'
import { startChild } from './children/run.ts'
import { type Acknowledged, type Act, actOf, loadUntilKilled, type Server, send } from './load.ts'
import { scratchDirectory } from './scratch.ts'

const COMMUNITY = 'hearth'
const BOOK = { community: COMMUNITY, book: 'open' } as const
const ROUNDS = 20
const CLIENTS = 32
const ACTS = 100

it(`loses and doubles nothing in ${ROUNDS} power cuts under load`, { timeout: 180_000 }, async () => {
  const directory = scratchDirectory()
  const acknowledged: Acknowledged[] = []
  const repeated: Act[] = []
  let inFlight: readonly Act[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const child = await startChild('serve.ts', [directory, COMMUNITY])
    const server = child.said as Server
    acknowledged.push(...(await Promise.all(inFlight.map((act) => send(server, COMMUNITY, act)))).flat())
    repeated.push(...inFlight)
    await expectWhole(directory, acknowledged, repeated)
    if (round === ROUNDS) return child.kill()
    const load = await loadUntilKilled(server, COMMUNITY, {
      round,
      clients: CLIENTS,
      acts: ACTS + 7 * round,
      kill: () => child.kill(),
    })
    expect(load.inFlight.length).toBeGreaterThan(0)
    acknowledged.push(...load.acknowledged)
    inFlight = load.inFlight
  }
})

/** Everything acknowledged is in the book, every act whole and once, and the book verifies. */
async function expectWhole(directory: string, acknowledged: readonly Acknowledged[], repeated: readonly Act[]) {
  const file = join(directory, 'ledger.db')
  const ledgers = await openSqliteLedgers({ file, readOnly: true })
  try {
    expect((await verifyBook(BOOK, ledgers.read(BOOK))).findings).toEqual([])
    const records = await readAll(ledgers, BOOK)
    const ids = records.map(({ id }) => id)
    expect(acknowledged.filter(({ id, revision }) => ids[revision] !== id)).toEqual([])
    const events = records.map(({ text }) => JSON.parse(text) as RecordedEvent<{ name?: string }>)
    const byName = Map.groupBy(events, ({ data }) => data.name ?? '')
    for (const { key, events } of repeated) expect([key, byName.get(key)?.length]).toEqual([key, events])
    for (const [name, recorded] of byName) expectOneAct(name, recorded)
  } finally {
    await ledgers.close()
  }
  expect(checkSqliteFile(file)).toEqual([])
}

function expectOneAct(name: string, recorded: readonly RecordedEvent[]): void {
  const [, round, client, turn] = /^round-(\d+)-client-(\d+)-turn-(\d+)$/.exec(name) ?? []
  if (round === undefined) return
  const act = actOf(Number(round), Number(client), Number(turn))
  expect([name, recorded.length]).toEqual([name, act.events])
  expect([name, new Set(recorded.map(({ commandId }) => commandId)).size]).toEqual([name, 1])
}
