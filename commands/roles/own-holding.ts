import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { HoldingVersion } from './holding-log.ts'
import { type RolesState, runningOf } from './state.ts'

export const NOT_THE_HOLDER = 'Only whoever holds the role does this.'

/** The person's own holding of a role that runs at a moment or is to come, as holder or co-holder. */
export function ownHolding(roles: RolesState, roleId: string, personId: string, t: number): HoldingVersion | undefined {
  return ownHoldings(roles, roleId, personId, t)[0]
}

/** All of them, the one that runs first. */
export function ownHoldings(roles: RolesState, roleId: string, personId: string, t: number): readonly HoldingVersion[] {
  return runningOf(roles, personId, t)
    .filter(({ fact }) => fact.roleId === roleId && fact.seat !== undefined)
    .toSorted((a, b) => a.from.earliest - b.from.earliest)
}

/** The person's understudy seat of a role at a moment. */
export function understudySeat(
  roles: RolesState,
  roleId: string,
  personId: string,
  t: number,
): HoldingVersion | undefined {
  return runningOf(roles, personId, t).find(
    ({ fact, from }) => fact.roleId === roleId && fact.kind === 'understudy' && from.earliest <= t,
  )
}

export function notTheHolder(): Refusal {
  return refuse('NOT_THE_HOLDER', { message: NOT_THE_HOLDER })
}
