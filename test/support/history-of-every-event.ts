import { Timer } from '../../src/engine/timer.ts'
import { circleRow, definedRole, formedCircle, holdingRow, importedHolding } from './book.ts'
import { type Doing, doing } from './doing.ts'
import { livesOfAgreements } from './history-of-agreements.ts'
import { historyOfHosting } from './history-of-hosting.ts'
import { proposalRounds } from './history-of-proposals.ts'
import { aRole, learns, offered, standsIn, takes, takesOver, withoutMandates } from './lived-roles.ts'
import { notedAndMerged } from './noted-and-merged.ts'
import { personNamed, Scenario } from './scenario.ts'

const DAY_MS = 86_400_000

/**
 * A community whose two books have every type of event. A new event type gets a step here; then
 * `test/fixtures/golden/make-missing.ts` makes its fixture.
 */
export async function historyOfEveryEvent(): Promise<Scenario> {
  const [ada, ben] = [personNamed('ada'), personNamed('ben')]
  const book = await Scenario.founded(['ada', 'ben'])
  await circlesAndRoles(book, ada)
  const { event, personId, personEvent } = await importedHolding(book)
  await book.given('ImportHoldings', { importId: 'copy', rows: [holdingRow({ to: '2024-01-01' })] })
  await book.given('JoinCommunity', { displayName: 'Ada L.' }, personId)
  await book.given('AttestRecord', { eventId: event.id }, personId)
  await book.given('DisputeRecord', { eventId: event.id, text: 'I left in 2023.' }, personId)
  await book.given('AnnotateRecord', { eventId: personEvent.id, text: 'My name at birth.' }, personId)
  const replacement = { ...event.data, to: '2023-01-01' }
  const reason = 'The minutes of 2023 say so.'
  const [proposal] = await book.given('CorrectRecord', { eventId: event.id, replacement, reason })
  await book.given('AttestRecord', { eventId: proposal?.id }, personId)
  await book.given('ImportHoldings', { importId: 'copy', rows: [holdingRow({ to: '2025-01-01' })] })
  await book.given('ImportCircles', { importId: 'short-lived', rows: [circleRow('attic')] })
  await book.given('WithdrawImport', { importId: 'short-lived' })
  const rows = ['gone', 'old'].map((name) => holdingRow({ memberId: name, memberName: name }))
  const imported = await book.given('ImportHoldings', { importId: 'minutes', rows })
  const [goneId, oldId] = imported.flatMap(({ type, data }) =>
    type === 'PersonImported' ? [(data as { personId: string }).personId] : [],
  )
  await book.given('ErasePersonalData', { personId: goneId, onRequest: true })
  await book.given('FormCircle', { name: 'Last', purpose: 'To be the last.' }, ben)
  const there = doing(book)
  await there.does(ben, 'MakeSignInLink', { personId: oldId })
  await there.does(ben, 'ClaimMyHistory', { knownPersonId: oldId })
  await there.does(ben, 'AmendPolicy', { changes: { termDays: 60, maxMembers: 40, membership: 'open' } })
  await asksWithoutAYes(there, ada, ben)
  await notedAndMerged(book, ada, ben)
  await historyOfHosting(there, calendarOf(book), [ada, ben, personId])
  await livedRoles(book, there, [ada, ben, personId])
  await proposalRounds(book, there)
  await livesOfAgreements(book, there)
  return book
}

function calendarOf(book: Scenario) {
  return {
    day: (days: number) => new Date(book.now + days * DAY_MS).toISOString(),
    later: (days: number) => void book.later(days * DAY_MS),
  }
}

async function circlesAndRoles(book: Scenario, by: string): Promise<void> {
  const circleId = await formedCircle(book, by)
  await withoutMandates(doing(book), by)
  const roleId = await definedRole(book, by, circleId)
  await book.later().given('AmendRole', { roleId, changes: { weight: 2 } }, by)
  await book.later().given('RetireRole', { roleId }, by)
  await book.given('AmendCircle', { circleId, changes: { name: 'Galley' } }, by)
  await book.later().given('CloseCircle', { circleId }, by)
  await book.later().given('ReopenCircle', { circleId }, by)
}

async function asksWithoutAYes(there: Doing, by: string, of: string): Promise<void> {
  const roleId = await aRole(there, by)
  const askId = await offered(there, roleId, by, of)
  await there.does(by, 'RemindAsk', { askId })
  await there.does(of, 'DeclineAsk', { askId, note: 'Not this year.' })
  await there.does(by, 'WithdrawAsk', { askId: await offered(there, roleId, by, of) })
}

/** Every turn a role that carries much takes, from the first offer to the gap after the last holder has left. */
async function livedRoles(book: Scenario, there: Doing, [ada, ben, cyd]: readonly [string, string, string]) {
  const day = (days: number) => new Date(book.now + days * DAY_MS).toISOString()
  const roleId = await aRole(there, ada, { weight: 2, handoverSteps: ['Show the pantry.'] })
  const holdingId = await takes(there, roleId, ada, ben)
  await learns(there, roleId, ben, cyd)
  await there.does(ben, 'TakeLeave', { to: day(9) })
  await there.does(cyd, 'StepIn', { roleId })
  book.later(DAY_MS)
  await there.does(ben, 'ReturnFromLeave')
  await there.does(ben, 'SayStillIn')
  const acting = await standsIn(there, holdingId, ben, cyd, { to: day(3) })
  await there.does(cyd, 'EndStandIn', { holdingId: acting })
  book.later(50 * DAY_MS)
  await there.does(ben, 'RenewTerm', { roleId })
  const next = await takesOver(there, roleId, ben, cyd, day(2))
  await there.does(ben, 'TickHandoverStep', { holdingId: next, step: 1 })
  book.later(3 * DAY_MS)
  const second = await learns(there, roleId, cyd, ben)
  await there.does(ben, 'EndUnderstudy', { holdingId: second })
  book.later(40 * DAY_MS)
  await new Timer(book.engine).run()
  await there.does(cyd, 'StepBack', { roleId })
  await takes(there, roleId, ada, ben)
  await there.does(ben, 'LeaveCommunity')
  await takes(there, roleId, ada, cyd)
  book.later(100 * DAY_MS)
  await new Timer(book.engine).run()
}
