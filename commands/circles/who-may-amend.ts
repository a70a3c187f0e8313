import type { Actor } from '../../src/kernel/envelope.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { holdsRoleIn, type RolesState } from '../roles/state.ts'
import { type CirclesState, formedIt } from './state.ts'

export const NOT_YOURS_TO_AMEND = 'Whoever formed the circle or holds a role in it may change, close and reopen it.'

/** Whether the actor formed the circle or holds a role in it now; imported circles are the operator's until somebody does. */
export function mayAmend(
  circles: CirclesState,
  roles: RolesState,
  circleId: string,
  actor: Actor,
  now: number,
): boolean {
  if (formedIt(circles, circleId, actor)) return true
  return actor.kind === 'person' && holdsRoleIn(roles, actor.personId, circleId, now)
}

export function notYoursToAmend(): Refusal {
  return refuse('NOT_YOURS_TO_AMEND', { message: NOT_YOURS_TO_AMEND })
}
