import type { Engine } from '../../src/engine/engine.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { perform } from '../support/engine.ts'

const CIRCLES = 20
const HOLDINGS = 200

/** Lives through everything that makes an earlier fact read differently: imports, newer copies, corrections, withdrawals. */
export async function liveThroughHistory(engine: Engine, community: string): Promise<void> {
  const act = (name: string, input: unknown) => perform(engine, community, name, input)
  await act('FoundCommunity', { community, name: 'Hearth', publicRoster: true })
  const circles = Array.from({ length: CIRCLES }, (_, row) => ({
    circle: `circle-${row}`,
    name: `Circle ${row}`,
    from: '2001',
  }))
  await act('ImportCircles', { importId: 'circles', rows: circles })
  const { events } = await act('ImportHoldings', { importId: 'kept', rows: holdings('2001', '2004') })
  await act('ImportHoldings', { importId: 'newer-copy', rows: holdings('2001', '2005-03') })
  await act('ImportHoldings', { importId: 'mistaken', rows: holdings('2010-02-01', '2011-02-01') })
  const imported = events.filter(({ type }) => type === 'HoldingImported')
  for (const [index, event] of imported.slice(0, 30).entries()) {
    const replacement = index % 5 === 4 ? null : corrected(event, index)
    await act('CorrectRecord', { eventId: event.id, replacement, reason: 'The book of 2002 says otherwise.' })
  }
  await act('WithdrawImport', { importId: 'mistaken' })
}

function corrected({ data }: RecordedEvent, index: number): object {
  return { ...(data as object), from: `2002-01-${String(1 + (index % 28)).padStart(2, '0')}`, to: '2003-06' }
}

function holdings(from: string, to: string): readonly object[] {
  return Array.from({ length: HOLDINGS }, (_, row) => ({
    memberId: `member-${row % 70}`,
    memberName: `Member ${row % 70}`,
    role: `keeper ${row % 3}`,
    circle: `circle-${row % CIRCLES}`,
    from,
    to,
    source: 'the old book',
  }))
}
