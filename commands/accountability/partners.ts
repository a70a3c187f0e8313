import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { Policies } from '../community/policy-table.ts'
import type { HoldingVersion } from '../roles/holding-log.ts'
import { holdingsOf, type RolesState, runningOf } from '../roles/state.ts'
import type { AccountabilityScope } from './events.ts'
import { type AccountabilityState, runningTies } from './state.ts'

export const SELF_ACCOUNTABILITY = 'One answers to somebody else.'
export const RECIPROCAL_ACCOUNTABILITY = 'They answer to you already, and two people do not answer to each other here.'
export const PARTNER_CONFLICTED =
  'Who shares the role, or learns it, is too near to hold its holder to account; a partner is somebody else.'
export const PARTNER_LOAD_EXCEEDED = 'As many people answer to them as the community lets answer to one.'
export const ALREADY_PARTNERED = 'They are your partner in that already.'

/** The independence every partner has, held at the asking and again at the yes. */
export const INDEPENDENCE_REFUSALS = {
  RECIPROCAL_ACCOUNTABILITY,
  PARTNER_CONFLICTED,
  PARTNER_LOAD_EXCEEDED,
  ALREADY_PARTNERED,
}

/** Refuses a partner who would not be independent, or who has their hands full. */
export function notIndependent(
  state: { readonly accountability: AccountabilityState; readonly roles: RolesState; readonly policies: Policies },
  personId: string,
  partnerId: string,
  scope: AccountabilityScope,
  now: number,
): Refusal | undefined {
  const { accountability, roles, policies } = state
  const theirs = runningTies(accountability, partnerId)
  if (theirs.some((tie) => tie.personId === personId && tie.scope === scope))
    return refuse('ALREADY_PARTNERED', { message: ALREADY_PARTNERED })
  if (!policies.reciprocalAccountability && theirs.some((tie) => tie.partnerId === personId))
    return refuse('RECIPROCAL_ACCOUNTABILITY', { message: RECIPROCAL_ACCOUNTABILITY })
  const near = ownRoles(roles, personId, scope, now).find(({ fact }) =>
    isNear(roles, fact.roleId, [fact.seat], partnerId, now),
  )
  if (near) return refuse('PARTNER_CONFLICTED', { facts: { roleId: near.fact.roleId }, message: PARTNER_CONFLICTED })
  const load = new Set(theirs.flatMap((tie) => (tie.partnerId === partnerId ? [tie.personId] : [])))
  if (!load.has(personId) && load.size >= policies.partnerMaxLoad) {
    const facts = { load: load.size, max: policies.partnerMaxLoad }
    return refuse('PARTNER_LOAD_EXCEEDED', { facts, message: PARTNER_LOAD_EXCEEDED })
  }
  return undefined
}

/** Refuses an understudy whom a holder of the role answers to. */
export function partnerOfAHolder(
  accountability: AccountabilityState,
  roles: RolesState,
  roleId: string,
  personId: string,
  now: number,
): Refusal | undefined {
  const conflicted = runningTies(accountability, personId).some(
    (tie) =>
      tie.partnerId === personId &&
      (tie.scope === 'all' || tie.scope === roleId) &&
      ownRoles(roles, tie.personId, roleId, now).length > 0,
  )
  return conflicted ? refuse('PARTNER_CONFLICTED', { facts: { roleId }, message: PARTNER_CONFLICTED }) : undefined
}

/** To whom a person answers in a role: their independent partners, in all they do or in this. */
export function partnersIn(
  accountability: AccountabilityState,
  roles: RolesState,
  personId: string,
  roleId: string | undefined,
  now: number,
): readonly string[] {
  const ties = runningTies(accountability, personId).filter(
    (tie) => tie.personId === personId && (tie.scope === 'all' || tie.scope === roleId),
  )
  const partners = [...new Set(ties.map((tie) => tie.partnerId))]
  if (roleId === undefined) return partners
  const seats = ownRoles(roles, personId, roleId, now).map(({ fact }) => fact.seat)
  return partners.filter((partnerId) => !isNear(roles, roleId, seats, partnerId, now))
}

function ownRoles(
  roles: RolesState,
  personId: string,
  scope: AccountabilityScope,
  now: number,
): readonly HoldingVersion[] {
  return runningOf(roles, personId, now).filter(
    ({ fact }) => fact.kind !== 'understudy' && (scope === 'all' || fact.roleId === scope),
  )
}

/** Whether somebody learns a role, or shares one of these seats of it. */
function isNear(
  roles: RolesState,
  roleId: string,
  seats: readonly (number | undefined)[],
  personId: string,
  now: number,
): boolean {
  return holdingsOf(roles, roleId).some(
    ({ fact, to }) =>
      fact.personId === personId &&
      now < to.earliest &&
      fact.importId === undefined &&
      (fact.kind === 'understudy' || (fact.seat !== undefined && seats.includes(fact.seat))),
  )
}
