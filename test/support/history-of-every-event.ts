import { circleRow, definedRole, formedCircle, holdingRow, importedHolding } from './book.ts'
import { personNamed, Scenario } from './scenario.ts'

/**
 * A community whose open book has every type of event. A new event type gets a step here; then
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
  const rows = [holdingRow({ memberId: 'gone', memberName: 'Gone' })]
  const [imported] = await book.given('ImportHoldings', { importId: 'minutes', rows })
  const goneId = (imported?.data as { personId?: string } | undefined)?.personId
  await book.given('ErasePersonalData', { personId: goneId, onRequest: true })
  await book.given('FormCircle', { name: 'Last', purpose: 'To be the last.' }, ben)
  return book
}

async function circlesAndRoles(book: Scenario, by: string): Promise<void> {
  const circleId = await formedCircle(book, by)
  const roleId = await definedRole(book, by, circleId)
  await book.later().given('AmendRole', { roleId, changes: { weight: 2 } }, by)
  await book.later().given('RetireRole', { roleId }, by)
  await book.given('AmendCircle', { circleId, changes: { name: 'Galley' } }, by)
  await book.later().given('CloseCircle', { circleId }, by)
  await book.later().given('ReopenCircle', { circleId }, by)
}
