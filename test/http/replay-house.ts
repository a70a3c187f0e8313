import { HttpCommunity } from '../support/http-community.ts'
import { AT, type House } from './house.ts'
import type { Example } from './operations.ts'

/** Ids of what a scribe noted, and of people whom the record may have twice. */
export interface Replayed {
  /** A decision that Ada noted. */
  readonly note: string
  readonly twin: string
}

/** Lets Ada note a decision, and a record name somebody who may be Cyd. */
export async function prepareReplay(house: House): Promise<Replayed> {
  const there = HttpCommunity.at(house.server, 'hearth')
  const decision = { title: 'We eat at seven.', text: 'From now on.', decidedOn: '2026-01-01' }
  const { noteId = '' } = await there.does(house.dweller('ada').id, 'NoteDecision', decision)
  const row = { memberId: 'cyd k', memberName: 'cyd', role: 'scribe', circle: 'table', from: '2019', source: 'a list' }
  await there.does('operator', 'ImportHoldings', { importId: 'another-list', rows: [row] })
  return { note: noteId, twin: (await house.send(`${AT}/people?handle=cyd%20k`)).body.people[0].id }
}

/** A request of every operation on notes, merges and replays. */
export function replayExamples(known: {
  readonly note: string
  readonly twin: string
  readonly ada: string
  readonly cyd: string
  readonly roleId: string
}): Readonly<Record<string, Example>> {
  const window = { query: 'from=2026-01-01&through=2026-12-31&role=chair' }
  return {
    MergePeople: { path: { keep: known.cyd }, body: { merge: known.twin } },
    NoteHolding: { body: { personId: known.ada, roleId: known.roleId, from: '2025-01-01' } },
    NoteDecision: { body: { title: 'We rest on Sundays.', text: 'All of us.', decidedOn: '2026-02-01' } },
    WitnessNote: { path: { noteId: known.note }, body: {} },
    SayNotAgreed: { path: { noteId: known.note }, body: { text: 'It was half past six.' } },
    when: { query: `person=${known.ada}` },
    'replay-window': window,
    'my-replay-window': window,
    differences: { query: 'asOf=2021-01-01&thenAsOf=2022-01-01' },
  }
}
