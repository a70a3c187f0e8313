import type { Hearthbook } from '../src/composition/wiring.ts'
import { HotCommunity } from '../src/engine/hot-community.ts'
import { loadBook } from '../src/engine/loading.ts'
import { type ViewDigests, viewDigests } from '../src/engine/view-digests.ts'
import type { BookId } from '../src/kernel/book.ts'
import { Folds } from '../src/kernel/folds.ts'
import { CONGRESS } from './congress.ts'
import { median, type Result, WrongAnswer } from './result.ts'
import { timed } from './stopwatch.ts'

const ROUNDS = 11
const BOOK: BookId = { community: CONGRESS, book: 'open' }

/** Reading a book into every view, its chain checked, against reading and parsing its rows. */
export async function measureReplay(hearthbook: Hearthbook, expected: ViewDigests): Promise<Result> {
  // The first pass is the check, and warms both sides up.
  await checkViews(hearthbook, expected)
  const ratios: number[] = []
  const times = { replay: [] as number[], parse: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    const parse = await timed(() => readAndParse(hearthbook))
    const replay = await timed(async () => (await replayViews(hearthbook)).head)
    if (parse.value !== replay.value + 1) throw new WrongAnswer('a replay has other rows than a read')
    ratios.push(replay.ms / parse.ms)
    times.replay.push(replay.ms)
    times.parse.push(parse.ms)
  }
  const whole = await timed(() => HotCommunity.load(CONGRESS, hearthbook.engine.parts))
  const text = (values: readonly number[]) => `${Math.round(median(values))} ms`
  return {
    name: 'replay of us-congress into all views',
    peer: 'reading and parsing the same rows',
    goal: { kind: 'at most', ratio: 2 },
    ratios,
    measured: text(times.replay),
    against: text(times.parse),
    facts: {
      records: expected.revision + 1,
      'loading the community with its decision state, ms': Math.round(whole.ms),
    },
  }
}

async function checkViews(hearthbook: Hearthbook, expected: ViewDigests): Promise<void> {
  const rows = await readAndParse(hearthbook)
  const { head, folds } = await replayViews(hearthbook)
  const digests = viewDigests(head, hearthbook.registry.projections, folds)
  if (JSON.stringify(digests) !== JSON.stringify(expected)) throw new WrongAnswer('a replay gives other views')
  if (rows !== expected.revision + 1) throw new WrongAnswer('a read gives other rows')
}

async function readAndParse({ ledgers }: Hearthbook): Promise<number> {
  let rows = 0
  for await (const page of ledgers.read(BOOK)) {
    for (const { text } of page) if (typeof JSON.parse(text) === 'object') rows += 1
  }
  return rows
}

async function replayViews({ ledgers, registry }: Hearthbook) {
  const folds = new Folds(registry.projections)
  const { head } = await loadBook(ledgers, BOOK, registry.events, (event) => folds.apply(event))
  return { head, folds }
}
