import { join } from 'node:path'
import { openHearthbook } from '../src/composition/wiring.ts'
import { Engine } from '../src/engine/engine.ts'
import type { Submission } from '../src/engine/submission.ts'
import type { LedgerRecord } from '../src/ledger/port.ts'
import { perform, submissionOf } from '../test/support/engine.ts'
import { countGroups } from './group-counter.ts'
import { insertRaw } from './raw-inserts.ts'
import { median, type Result, WrongAnswer } from './result.ts'
import { inScratch } from './scratch.ts'
import { timed } from './stopwatch.ts'

const ROUNDS = 7
const WRITERS = 100
const EACH = 200
const COMMUNITY = 'hearth'
const WRITER_IDS = Array.from({ length: WRITERS }, (_, index) => `person_${String(index).padStart(22, '0')}`)
const TURNS = Array.from({ length: EACH }, (_, index) => String(index))

interface Round {
  readonly perSecond: number
  readonly rawPerSecond: number
  readonly group: number
}

/** Commands that many writers of one community wait for, until each is durable, against inserting the same rows. */
export async function measureAppends(): Promise<Result> {
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await inScratch(oneRound))
  const rate = (values: readonly number[]) => `${Math.round(median(values))}/s`
  return {
    name: `durable commands, ${WRITERS} writers of one community`,
    peer: 'node:sqlite inserts of the same rows in transactions of the same size',
    goal: { kind: 'at least', ratio: 0.7 },
    ratios: rounds.map(({ perSecond, rawPerSecond }) => perSecond / rawPerSecond),
    measured: rate(rounds.map(({ perSecond }) => perSecond)),
    against: rate(rounds.map(({ rawPerSecond }) => rawPerSecond)),
    facts: { 'commands a round': WRITERS * EACH, 'records a transaction': median(rounds.map(({ group }) => group)) },
  }
}

async function oneRound(directory: string): Promise<Round> {
  const { ms, records, group } = await writeThroughEngine(join(directory, 'engine'))
  const raw = insertRaw(join(directory, 'raw.db'), COMMUNITY, records, Math.round(group))
  if (raw.rows !== WRITERS * EACH) throw new WrongAnswer(`the peer wrote ${raw.rows} rows`)
  return { perSecond: (records.length * 1000) / ms, rawPerSecond: (records.length * 1000) / raw.ms, group }
}

async function writeThroughEngine(directory: string) {
  const hearthbook = await openHearthbook({ store: { directory } })
  try {
    const counted = countGroups(hearthbook.ledgers)
    const engine = new Engine({ ...hearthbook.engine.parts, ledgers: counted.ledgers })
    await perform(engine, COMMUNITY, 'FoundCommunity', { community: COMMUNITY, name: 'Hearth' })
    // The first act of each writer makes their key, which is another store's work.
    for (const writer of WRITER_IDS) await act(engine, await submission(engine, writer, 'first'))
    const prepared = await Promise.all(
      WRITER_IDS.map((writer) => Promise.all(TURNS.map((turn) => submission(engine, writer, turn)))),
    )
    const before = { groups: counted.groups(), records: counted.records() }
    const { ms } = await timed(() =>
      Promise.all(
        prepared.map(async (own) => {
          for (const each of own) await act(engine, each)
        }),
      ),
    )
    const written = counted.records() - before.records
    const records: LedgerRecord[] = []
    const range = { from: before.records }
    for await (const page of hearthbook.ledgers.read({ community: COMMUNITY, book: 'open' }, range))
      records.push(...page)
    if (written !== WRITERS * EACH || records.length !== written) throw new WrongAnswer('the engine lost commands')
    return { ms, records, group: written / (counted.groups() - before.groups) }
  } finally {
    await hearthbook.close()
  }
}

function submission(engine: Engine, personId: string, turn: string): Promise<Submission> {
  const input = { name: `Supper circle ${turn}`, kind: 'circle', purpose: 'Cook for whoever comes, and eat with them.' }
  return submissionOf(engine, COMMUNITY, 'FormCircle', input, { actor: { kind: 'person', personId }, key: turn })
}

async function act(engine: Engine, given: Submission): Promise<void> {
  const outcome = await engine.submit(COMMUNITY, given)
  if (outcome.kind !== 'done') throw new WrongAnswer(`a command came to nothing: ${JSON.stringify(outcome)}`)
}
