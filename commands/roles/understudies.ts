import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { ownHolding, understudySeat } from './own-holding.ts'
import type { RolesState } from './state.ts'

export const ALREADY_HOLDER = 'They hold the role already.'
export const ALREADY_UNDERSTUDY = 'They are understudy of the role already.'

/** Refuses an understudy who is in the role already. */
export function inTheRole(roles: RolesState, roleId: string, personId: string, t: number): Refusal | undefined {
  if (ownHolding(roles, roleId, personId, t)) return refuse('ALREADY_HOLDER', { message: ALREADY_HOLDER })
  if (understudySeat(roles, roleId, personId, t)) return refuse('ALREADY_UNDERSTUDY', { message: ALREADY_UNDERSTUDY })
  return undefined
}
