import type { Engine } from '../../src/engine/engine.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { perform } from '../support/engine.ts'

const CIRCLES = 20
const HOLDINGS = 200

/** Lives through everything that makes an earlier fact read differently: imports, newer copies, corrections, withdrawals. */
export async function liveThroughHistory(
  engine: Engine,
  community: string,
  later: (days: number) => void,
): Promise<void> {
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
  await liveRoles(engine, community, later)
}

/** Lives through everything that bears on a holding accepted here, each kind of event at least once. */
async function liveRoles(engine: Engine, community: string, later: (days: number) => void): Promise<void> {
  const [ana = '', ben = '', chi = '', dee = ''] = ['ana', 'ben', 'chi', 'dee'].map(
    (n) => `person_${n.padEnd(22, '0')}`,
  )
  const act = async (personId: string, name: string, input: object, effectiveAt?: string) => {
    const as = { actor: { kind: 'person', personId } as const, ...(effectiveAt === undefined ? {} : { effectiveAt }) }
    const { events } = await perform(engine, community, name, input, as)
    return (events[0]?.data ?? {}) as Record<string, string>
  }
  for (const personId of [ana, ben, chi, dee])
    await act(personId, 'JoinCommunity', { displayName: personId.slice(7, 10) })
  const { circleId } = await act(ana, 'FormCircle', { name: 'Kitchen', purpose: 'Food' })
  const { roleId } = await act(ana, 'DefineRole', { circleId, name: 'Cook', purpose: 'Cooks', seats: 4 })
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const take = async (by: string, terms: object = {}, effectiveAt?: string) => {
    const { askId } = await act(ana, 'OfferRole', { roleId, toId: by, ...terms })
    return (await act(by, 'AcceptRole', { roleId, askId }, effectiveAt)).holdingId
  }
  const learn = async (from: string, by: string) => {
    const { askId } = await act(from, 'InviteUnderstudy', { roleId, toId: by })
    return (await act(by, 'AcceptUnderstudy', { askId })).holdingId
  }
  const holdingId = await take(ana)
  await learn(ana, ben)
  await act(ana, 'TakeLeave', {})
  await act(ben, 'StepIn', { roleId })
  await act(ana, 'ReturnFromLeave', {})
  const { askId: standIn } = await act(ana, 'StandIn', { holdingId, toId: chi, from: day(2), to: day(4) })
  await act(chi, 'AcceptStandIn', { askId: standIn })
  const { askId: handover } = await act(ana, 'HandOverRole', { roleId, toIds: [ben], handoverAt: day(1) })
  await act(ben, 'AcceptHandover', { askId: handover })
  await take(chi, { termStart: day(-25), termEnd: day(2) }, day(-25))
  await act(chi, 'RenewTerm', { roleId })
  await act(dee, 'EndUnderstudy', { holdingId: await learn(chi, dee) })
  await act(chi, 'StepBack', { roleId })
  const { noteId } = await act(ana, 'NoteHolding', { personId: ben, roleId, from: '2020-01-01', to: '2021-01-01' })
  await act(ben, 'WitnessNote', { noteId })
  const own = await act(chi, 'NoteHolding', { personId: chi, roleId, from: '2021-01-01', to: '2022-01-01' })
  await act(ben, 'SayNotAgreed', { noteId: own.noteId, text: 'That was me.' })
  await take(dee)
  await act(dee, 'LeaveCommunity', {})
  await take(chi)
  const changes = [{ command: 'RecallFromRole', input: { roleId, memberId: chi } }]
  const { proposalId } = await act(ana, 'SubmitProposal', {
    title: 'Another cook',
    driver: 'The soup.',
    text: 'Chi cooks no longer.',
    decisionClass: 'recall',
    changes,
  })
  for (const personId of [ana, ben]) await act(personId, 'GiveConsent', { proposalId, version: 1 })
  later(15)
  await act(ana, 'AdoptProposal', { proposalId, version: 1 })
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
