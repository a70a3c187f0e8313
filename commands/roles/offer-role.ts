import { z } from 'zod'
import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import { type DecideContext, defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, type Refusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'
import { RESPOND_BY_IN_PAST, respondByOf } from '../asks/ask.ts'
import { Guards } from '../community/guards.ts'
import { type CommunityState, communitySlice } from '../community/state.ts'
import type { RoleFact } from './facts.ts'
import { RoleOffered } from './holding-events.ts'
import { momentText } from './holding-facts.ts'
import { ROLE_RULES, termTooLong } from './rules.ts'
import { freeSeat, NO_FREE_SEAT } from './seats.ts'
import { holdingBy, type RolesState, roleAt, roleExists, rolesSlice } from './state.ts'
import { CONSECUTIVE_TERM_LIMIT, tooManyInARow } from './turns.ts'

const OFFER_NEEDS_MANDATE =
  'A role that carries so much is offered by an adopted proposal, or by its holder to a co-holder; nobody offers it to themself.'

export const offerRole = defineCommand({
  name: 'OfferRole',
  summary:
    'Asks a member, or yourself for a role that carries little, to take a role for a term. Only the two know until they say yes.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({
    roleId: idOf('role'),
    toId: idOf('person'),
    termStart: momentForm().optional().meta({ description: 'Now unless given' }),
    termEnd: momentForm().nullable().optional().meta({ description: 'A term after its start unless given' }),
    besideHoldingId: idOf('holding').optional().meta({ description: 'Whose seat to share, as a co-holder' }),
    respondBy: momentForm().optional(),
  }),
  reads: { community: communitySlice, roles: rolesSlice },
  http: { method: 'POST', path: '/mine/asks/roles', location: '/mine/matters/{askId}' },
  refusals: {
    OFFER_NEEDS_MANDATE,
    NO_FREE_SEAT,
    TERM_REQUIRED: 'Every term ends, and after it begins.',
    TERM_TOO_LONG: ROLE_RULES.TERM_TOO_LONG,
    CONSECUTIVE_TERM_LIMIT,
    ROLE_RETIRED: 'The role is retired.',
    RESPOND_BY_IN_PAST,
  },
  decide({ community, roles }, command, context) {
    const { actor, now, mint } = context
    const { roleId, toId, besideHoldingId } = command
    const policies = community.policy.values
    if (!roleExists(roles, roleId)) return unknownReference('/roleId', roleId, 'role')
    const role = roleAt(roles, roleId, now)
    if (!role) return refuse('ROLE_RETIRED', { pointer: '/roleId', message: 'The role is retired.' })
    if (!community.members.has(toId)) return unknownReference('/toId', toId, 'member')
    const start = command.termStart === undefined ? now : dateBounds(command.termStart).earliest
    if (command.termEnd === null)
      return refuse('TERM_REQUIRED', { pointer: '/termEnd', message: 'Every term ends: name its end.' })
    const termDays = role.definition?.termDays ?? policies.termDays
    const end = command.termEnd === undefined ? start + termDays * DAY_MS : dateBounds(command.termEnd).earliest
    if (end <= start) return refuse('TERM_REQUIRED', { pointer: '/termEnd', message: 'A term ends after it begins.' })
    const long = termTooLong((end - start) / DAY_MS, policies.maxTermDays, '/termEnd')
    if (long) return long
    if (besideHoldingId !== undefined && !isIn(roles, roleId, besideHoldingId, start))
      return unknownReference('/besideHoldingId', besideHoldingId, 'running holding of this role')
    const guards = new Guards()
    const refusal =
      mayOffer(community, roles, role, command, context, guards) ??
      seatRefusal(roles, roleId, besideHoldingId, start, end) ??
      guards.check(policies.turns, () => tooManyInARow(roles, roleId, toId, start, end, policies))
    if (refusal) return refusal
    const respondBy = respondByOf(command.respondBy, now, policies.respondByDays)
    if (isRefusal(respondBy)) return respondBy
    return [
      RoleOffered.of({
        askId: mint('ask'),
        what: 'role',
        about: roleId,
        askedBy: actor.kind === 'person' ? actor.personId : '',
        askedOf: toId,
        respondBy,
        roleId,
        termStart: momentText(start),
        termEnd: momentText(end),
        besideHoldingId,
      }),
    ]
  },
  result: firstEventFields('askId'),
})

function isIn(roles: RolesState, roleId: string, holdingId: string, t: number): boolean {
  const holding = holdingBy(roles, holdingId)
  return (
    holding !== undefined &&
    holding.fact.roleId === roleId &&
    holding.fact.seat !== undefined &&
    t < holding.to.earliest
  )
}

function seatRefusal(roles: RolesState, roleId: string, beside: string | undefined, start: number, end: number) {
  if (beside !== undefined) return undefined
  const seat = freeSeat(roles, roleId, start, end)
  return isRefusal(seat) ? seat : undefined
}

function mayOffer(
  { policy }: CommunityState,
  roles: RolesState,
  { weight }: RoleFact,
  { toId, besideHoldingId }: { toId: string; besideHoldingId?: string | undefined },
  { actor }: DecideContext,
  guards: Guards,
): Refusal | undefined {
  const { roleMandateFromWeight, mandateToOffer } = policy.values
  if (weight < roleMandateFromWeight || actor.kind !== 'person') return undefined
  const refusal = () =>
    refuse('OFFER_NEEDS_MANDATE', { facts: { weight, from: roleMandateFromWeight }, message: OFFER_NEEDS_MANDATE })
  // Taking what carries much by one's own word has no switch.
  if (toId === actor.personId) return refusal()
  const beside = besideHoldingId === undefined ? undefined : holdingBy(roles, besideHoldingId)
  if (beside?.fact.personId === actor.personId) return undefined
  return guards.check(mandateToOffer, refusal)
}
