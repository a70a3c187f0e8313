import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { Policies } from '../community/policy-table.ts'
import type { RoleFact } from './facts.ts'
import { holdingsOf, type RolesState } from './state.ts'

export const UNDERSTUDY_REQUIRED = 'A role that carries so much is never alone: it needs an understudy or a co-holder.'

/** Whether a role is one that needs a second person. */
export function needsSecond({ weight, definition }: RoleFact, { sharedFromWeight }: Policies): boolean {
  const understudy = definition?.understudy ?? 'by-weight'
  return understudy === 'always' || (understudy === 'by-weight' && weight >= sharedFromWeight)
}

/** Whether somebody beside the person learns the role or holds it with them at a moment. */
export function hasSecond(roles: RolesState, roleId: string, personId: string, t: number): boolean {
  return holdingsOf(roles, roleId).some(
    ({ fact, from, to }) =>
      fact.personId !== personId &&
      (fact.kind === 'understudy' || fact.kind === 'co-holder' || fact.besideHoldingId !== undefined) &&
      from.earliest <= t &&
      t < to.earliest,
  )
}

/** Refuses a role that needs a second person and has none. */
export function aloneIn(
  roles: RolesState,
  role: RoleFact,
  personId: string,
  t: number,
  policies: Policies,
): Refusal | undefined {
  if (!needsSecond(role, policies) || hasSecond(roles, role.roleId, personId, t)) return undefined
  const facts = { weight: role.weight, from: policies.sharedFromWeight }
  return refuse('UNDERSTUDY_REQUIRED', { facts, message: UNDERSTUDY_REQUIRED })
}
