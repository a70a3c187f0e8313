import { expect, it, onTestFinished } from 'vitest'
import { rosterProjection } from '../../projections/roster/projection.ts'
import { type Hearthbook, openHearthbook, type Store } from '../../src/composition/wiring.ts'
import { HotCommunity } from '../../src/engine/hot-community.ts'
import { loadBook } from '../../src/engine/loading.ts'
import { viewDigests } from '../../src/engine/view-digests.ts'
import { type AnyProjection, Folds } from '../../src/kernel/folds.ts'
import { startChild } from './children/run.ts'
import { liveThroughHistory } from './history.ts'
import { scratchDirectory } from './scratch.ts'

const COMMUNITY = 'hearth'
const DAY_MS = 86_400_000

/** A hearthbook that goes with the test, with a history in it. */
async function withHistory(store: Store): Promise<Hearthbook> {
  let ahead = 0
  const hearthbook = await openHearthbook({ store, clock: () => Date.now() + ahead })
  onTestFinished(() => hearthbook.close())
  await liveThroughHistory(hearthbook.engine, COMMUNITY, (days) => {
    ahead += days * DAY_MS
  })
  return hearthbook
}

async function servedDigests({ engine }: Hearthbook) {
  return (await engine.community(COMMUNITY)).digests()
}

/** Digests of a replay of the book into projections. */
async function replayed({ ledgers, registry }: Hearthbook, projections: readonly AnyProjection[]) {
  const folds = new Folds(projections)
  const id = { community: COMMUNITY, book: 'open' } as const
  const { head } = await loadBook(ledgers, id, registry.events, (event) => folds.apply(event))
  return viewDigests(head, projections, folds)
}

it('a fresh process that replays the directory has the views of the one that serves it', async () => {
  const directory = scratchDirectory()
  const served = await servedDigests(await withHistory({ directory }))
  const child = await startChild('digests.ts', [directory, COMMUNITY, String(served.revision)])
  expect(served.revision).toBeGreaterThan(500)
  expect(child.said).toEqual(served)
})

it('two loads of a book are equal after imports, corrections and withdrawals', async () => {
  const hearthbook = await withHistory('memory')
  const { parts } = hearthbook.engine
  const first = await (await HotCommunity.load(COMMUNITY, parts)).digests()
  const second = await (await HotCommunity.load(COMMUNITY, parts)).digests()
  expect(second).toEqual(first)
  expect(first).toEqual(await servedDigests(hearthbook))
})

it.each(rosterProjection.cases.map(({ event }) => event.type))(
  'a fault planted in what the roster does with %s shows in the digest of that view alone',
  async (type) => {
    const hearthbook = await withHistory('memory')
    const served = await servedDigests(hearthbook)
    // Every event but the very first of the type is folded as before: the smallest fault there is.
    let seen = 0
    const cases = rosterProjection.cases.map((each) =>
      each.event.type === type
        ? {
            ...each,
            apply: (...given: Parameters<typeof each.apply>) => (seen++ === 0 ? undefined : each.apply(...given)),
          }
        : each,
    )
    const faulty = hearthbook.registry.projections.map((part) =>
      part === rosterProjection ? { ...part, cases } : part,
    )
    const digests = await replayed(hearthbook, faulty)
    expect(seen).toBeGreaterThan(0)
    const differing = Object.keys(served.views).filter((view) => digests.views[view] !== served.views[view])
    expect(differing).toEqual([`roster@${rosterProjection.version}`])
    expect(await replayed(hearthbook, hearthbook.registry.projections)).toEqual(served)
  },
)
