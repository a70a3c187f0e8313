import { z } from 'zod'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { ACCOUNTABILITY_PARTNERS_REQUIRED, partnerReads, partnersFor } from '../accountability/partner-guard.ts'
import { Guards } from '../community/guards.ts'
import { communitySlice } from '../community/state.ts'
import { RoleTermRenewed } from './holding-events.ts'
import { momentText } from './holding-facts.ts'
import { NOT_THE_HOLDER, notTheHolder, ownHolding } from './own-holding.ts'
import { NO_FREE_SEAT, seatTakenBy } from './seats.ts'
import { aloneIn, UNDERSTUDY_REQUIRED } from './second-person.ts'
import { snapshotOf } from './snapshots.ts'
import { holdingsOf, type RolesState, roleAt, roleExists, rolesSlice } from './state.ts'
import { CONSECUTIVE_TERM_LIMIT, termNumberOf, tooManyInARow } from './turns.ts'

const TOO_EARLY = 'A term is renewed from its last quarter on, until nobody carries it any longer.'

export const renewTerm = defineCommand({
  name: 'RenewTerm',
  summary: 'Goes on for another term in the role you hold, from the end of the one before.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ roleId: idOf('role') }),
  reads: { community: communitySlice, roles: rolesSlice, ...partnerReads },
  http: { method: 'POST', path: '/roles/{roleId}/renewals', location: '/roles/{roleId}', target: 'role:{roleId}' },
  refusals: {
    NOT_THE_HOLDER,
    TOO_EARLY_TO_RENEW: TOO_EARLY,
    CONSECUTIVE_TERM_LIMIT,
    UNDERSTUDY_REQUIRED,
    ACCOUNTABILITY_PARTNERS_REQUIRED,
    ROLE_RETIRED: 'The role is retired.',
    HANDED_OVER: 'You have handed the role over already.',
    NO_FREE_SEAT,
  },
  decide({ community, roles, ...duties }, { roleId }, { actor, now }) {
    if (!roleExists(roles, roleId)) return refuse('NOT_FOUND', { message: 'There is no such role.' })
    const personId = actor.kind === 'person' ? actor.personId : ''
    const holding = ownHolding(roles, roleId, personId, now)
    const last = holding?.fact.terms?.at(-1)
    if (!holding || !last || now < holding.from.earliest) return notTheHolder()
    const role = roleAt(roles, roleId, now)
    if (!role) return refuse('ROLE_RETIRED', { message: 'The role is retired.' })
    const { holdingId, circleId, seat, handedOver } = holding.fact
    if (handedOver) return refuse('HANDED_OVER', { message: 'You have handed the role over already.' })
    const from = last.end - (last.end - last.start) / 4
    if (now < from)
      return refuse('TOO_EARLY_TO_RENEW', { facts: { from: momentText(Math.ceil(from)) }, message: TOO_EARLY })
    const policies = community.policy.values
    const [start, end] = [last.end, last.end + (role.definition?.termDays ?? policies.termDays) * DAY_MS]
    const guards = new Guards()
    const refusal =
      guards.check(policies.turns, () => tooManyInARow(roles, roleId, personId, start, end, policies)) ??
      guards.check(policies.sharedAtRenewal, () => aloneIn(roles, role, personId, now, policies))
    if (refusal) return refusal
    const carrying = { personId, roleId, weight: role.weight, share: 0 }
    const partners = partnersFor({ roles, ...duties }, guards, carrying, now)
    if (isRefusal(partners)) return partners
    if (seatTakenBy(roles, roleId, seat, start, end, sharing(roles, holdingId, seat, roleId, now)))
      return refuse('NO_FREE_SEAT', { message: 'Somebody else has accepted the seat from the end of your term.' })
    return [
      RoleTermRenewed.of({
        holdingId,
        personId,
        roleId,
        circleId,
        termNumber: termNumberOf(roles, roleId, personId, start, end, policies),
        termStart: momentText(start),
        termEnd: momentText(end),
        snapshot: snapshotOf(community, role.weight, guards.warnings, partners),
      }),
    ]
  },
  result: firstEventFields('holdingId', 'termNumber', 'termStart', 'termEnd'),
})

/** The holding itself and those that share its seat now: they do not stand in each other's way. */
function sharing(
  roles: RolesState,
  holdingId: string,
  seat: number | undefined,
  roleId: string,
  now: number,
): readonly string[] {
  const beside = holdingsOf(roles, roleId).filter(
    ({ fact, from, to }) => fact.seat === seat && from.earliest <= now && now < to.earliest,
  )
  return [holdingId, ...beside.map(({ fact }) => fact.holdingId)]
}
