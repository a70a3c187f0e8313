import type { NewEvent } from '../../src/kernel/define-event.ts'
import { endActingFor, standInEnded } from './acting.ts'
import { RoleTermEnded, UnderstudyEnded } from './holding-events.ts'
import { type RolesState, runningOf } from './state.ts'

/** The events that end everything a person holds, learns or acts in, as they are a member no longer. */
export function endHoldingsOf(
  roles: RolesState,
  personId: string,
  now: number,
  why: 'left' | 'membership-ended',
): readonly NewEvent[] {
  return runningOf(roles, personId, now).flatMap((holding) => {
    const { holdingId, roleId, circleId, kind } = holding.fact
    const whose = { holdingId, personId, roleId, circleId }
    if (kind === 'understudy') return [UnderstudyEnded.of({ ...whose, reason: why })]
    if (kind === 'acting') return [standInEnded(holding)]
    const reason = why === 'left' ? 'holder-left' : why
    return [RoleTermEnded.of({ ...whose, reason }), ...endActingFor(roles, holdingId, now)]
  })
}
