import { z } from 'zod'
import { dateBounds } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import {
  ACCOUNTABILITY_PARTNERS_REQUIRED,
  besidesIn,
  partnerReads,
  partnersFor,
} from '../accountability/partner-guard.ts'
import { askedOf, askToAccept, YES_REFUSALS } from '../asks/ask.ts'
import { yesesSlice } from '../asks/state.ts'
import { Guards } from '../community/guards.ts'
import { communitySlice } from '../community/state.ts'
import { RoleAccepted, type RoleOffered } from './holding-events.ts'
import { momentText } from './holding-facts.ts'
import { understudySeat } from './own-holding.ts'
import { freeSeat, NO_FREE_SEAT } from './seats.ts'
import { aloneIn } from './second-person.ts'
import { snapshotOf } from './snapshots.ts'
import { holdingBy, type RolesState, roleAt, rolesSlice } from './state.ts'
import { CONSECUTIVE_TERM_LIMIT, termNumberOf, tooManyInARow } from './turns.ts'

export const acceptRole = defineCommand({
  name: 'AcceptRole',
  summary:
    'Says yes to a role you were offered. From here on everybody sees that you hold it, who asked, when, and for how long.',
  book: 'open',
  who: 'member',
  yes: true,
  backdatable: true,
  schema: z.strictObject({ roleId: idOf('role'), askId: idOf('ask') }),
  reads: { community: communitySlice, roles: rolesSlice, yeses: yesesSlice, ...partnerReads },
  http: { method: 'POST', path: '/roles/{roleId}/acceptances', location: '/roles/{roleId}', target: 'role:{roleId}' },
  refusals: {
    ...YES_REFUSALS,
    NO_FREE_SEAT,
    ACCOUNTABILITY_PARTNERS_REQUIRED,
    CONSECUTIVE_TERM_LIMIT,
    ROLE_RETIRED: 'The role is retired.',
  },
  decide({ community, roles, yeses, ...duties }, { roleId, askId }, context) {
    const ask = askToAccept(askId, 'role', yeses, context)
    if (isRefusal(ask)) return ask
    if (ask.about !== roleId) return refuse('NOT_FOUND', { message: 'There is no such ask.' })
    const { now, actedAt, mint } = context
    const role = roleAt(roles, roleId, now)
    if (!role) return refuse('ROLE_RETIRED', { message: 'The role is retired.' })
    const offer = ask.data as unknown as Stored<(typeof RoleOffered)['fields']>
    // What was to begin before the yes begins with the yes.
    const start = Math.max(dateBounds(offer.termStart).earliest, actedAt)
    const end = dateBounds(offer.termEnd).earliest
    if (end <= start) return refuse('ASK_CLOSED', { facts: { status: 'lapsed' }, message: 'The term offered is over.' })
    const place = seatOf(roles, roleId, offer.besideHoldingId, start, end)
    if (isRefusal(place)) return place
    const policies = community.policy.values
    const guards = new Guards()
    const refusal =
      guards.check(policies.turns, () => tooManyInARow(roles, roleId, ask.of, start, end, policies)) ??
      guards.check(policies.sharedAtAccept, () => aloneIn(roles, role, ask.of, now, policies))
    if (refusal) return refusal
    const endsUnderstudy = understudySeat(roles, roleId, ask.of, start)?.fact.holdingId
    const share =
      role.weight / (1 + besidesIn(roles, roleId, place.seat, start, 'takesOver' in place ? [place.takesOver] : []))
    const learned = endsUnderstudy !== undefined
    const carrying = { personId: ask.of, roleId, weight: role.weight, share, learned }
    const partners = partnersFor({ roles, ...duties }, guards, carrying, now)
    if (isRefusal(partners)) return partners
    return [
      RoleAccepted.of({
        holdingId: mint('holding'),
        personId: ask.of,
        roleId,
        circleId: role.circleId,
        ...place,
        termNumber: termNumberOf(roles, roleId, ask.of, start, end, policies),
        termStart: momentText(start),
        termEnd: momentText(end),
        besideHoldingId: offer.besideHoldingId,
        endsUnderstudy,
        asked: askedOf(ask),
        snapshot: snapshotOf(community, role.weight, guards.warnings, partners),
      }),
    ]
  },
  result: firstEventFields('holdingId', 'roleId', 'seat', 'termNumber', 'termStart', 'termEnd'),
})

function seatOf(roles: RolesState, roleId: string, beside: string | undefined, start: number, end: number) {
  if (beside === undefined) return freeSeat(roles, roleId, start, end)
  const holding = holdingBy(roles, beside)
  if (holding?.fact.seat === undefined || start >= holding.to.earliest)
    return refuse('NO_FREE_SEAT', { message: 'The seat that was to be shared is no longer held.' })
  return { seat: holding.fact.seat }
}
