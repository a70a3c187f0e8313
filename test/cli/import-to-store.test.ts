import { expect, it, onTestFinished } from 'vitest'
import { toHearthbook } from '../../src/cli/connect.ts'
import type { CheckedFile } from '../../src/cli/import/rows.ts'
import { sendFile } from '../../src/cli/import/send.ts'
import { openHearthbook } from '../../src/composition/wiring.ts'
import { streamName } from '../../src/kernel/book.ts'
import { both } from '../ledger/eventstoredb/opened.ts'

const ID = { community: 'hearth', book: 'open' } as const
const ROWS = 500

it('stand-in: an import sends half of a batch that is more than the store takes at once, and resumes all the same', async () => {
  const { standIn, ledgers } = await both()
  const hearthbook = await openHearthbook({ store: 'memory', ledgers })
  onTestFinished(() => hearthbook.close())
  const { client, close } = await toHearthbook(hearthbook, { closes: false })
  onTestFinished(close)
  await client.command('hearth', 'FoundCommunity', { community: 'hearth', name: 'The hearth' })
  const circle = { circle: 'garden', name: 'The garden', kind: 'crew', from: '2020', source: 'the minutes' }
  await client.command('hearth', 'ImportCircles', { importId: 'circles', rows: [circle] })
  // A person, a role and a holding each: no row by itself is anything out of the ordinary.
  const rows = Array.from({ length: ROWS }, (_, n) => ({
    line: n + 1,
    row: {
      memberId: `guest-${n}`,
      memberName: `Guest ${n}`,
      role: `role ${n}`,
      circle: 'garden',
      from: '2021',
      source: `page ${n} of the minutes, ${'at length '.repeat(40)}as well`,
    },
  }))
  const file: CheckedFile = {
    path: 'holdings.jsonl',
    hash: 'a'.repeat(64),
    kind: 'holdings',
    rows,
    bad: new Set(),
    communities: new Set(['hearth']),
  }
  const sent = await sendFile(client, 'hearth', file, {})
  expect(sent.written).toBe(3 * ROWS)
  const stored = standIn.log.stream(streamName(ID))
  expect(stored).toHaveLength(2 + 3 * ROWS)
  // More than one append was needed, and a few did.
  const appends = new Set(stored.slice(2).map(({ commit }) => commit))
  expect(appends.size).toBeGreaterThan(1)
  expect(appends.size).toBeLessThanOrEqual(4)
  expect((await sendFile(client, 'hearth', file, {})).written).toBe(0)
  expect(standIn.log.stream(streamName(ID))).toHaveLength(2 + 3 * ROWS)
})
