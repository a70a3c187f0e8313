import type { Stored } from '../../src/kernel/define-event.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import type { RoleHandoverOffered } from './holding-events.ts'
import { holdingsOf, type RolesState } from './state.ts'

/**
 * Whether a person may read the notes of a handover they had no part in: once it was taken, whoever came to hold the same
 * seat later. An offer that nobody took is for its two parties alone, for ever.
 */
export function mayReadHandover(roles: RolesState, event: RecordedEvent, personId: string): boolean {
  const offer = event.data as Stored<(typeof RoleHandoverOffered)['fields']>
  const held = holdingsOf(roles, offer.roleId)
  const taken = held.find(({ fact }) => {
    const handover = roles.handovers.get(fact.holdingId)
    return (
      handover?.fromHoldingId === offer.holdingId &&
      handover.personId === offer.askedOf &&
      handover.asked.at === event.recordedAt
    )
  })
  if (!taken) return false
  return held.some(
    ({ fact, from }) =>
      fact.personId === personId && fact.seat === taken.fact.seat && from.earliest >= taken.from.earliest,
  )
}
