import { z } from 'zod'
import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import { type DecideContext, defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, type Refusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'
import { mandateOf, unknownMandate } from '../agreements/mandates.ts'
import { type AgreementsState, agreementsSlice } from '../agreements/state.ts'
import { RESPOND_BY_IN_PAST, respondByOf } from '../asks/ask.ts'
import { Guards } from '../community/guards.ts'
import { type CommunityState, communitySlice } from '../community/state.ts'
import type { RoleFact } from './facts.ts'
import { RoleOffered } from './holding-events.ts'
import { momentText } from './holding-facts.ts'
import { RoleOfferAdopted } from './mandate-events.ts'
import { citedProposal, ROLE_RULES, termTooLong } from './rules.ts'
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
    proposalId: citedProposal(),
  }),
  reads: { community: communitySlice, roles: rolesSlice, agreements: agreementsSlice },
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
  decide({ community, roles, agreements }, command, context) {
    const { actor, now, mint } = context
    const offer = offerOf({ community, roles, agreements }, command, context)
    if (isRefusal(offer)) return offer
    const respondBy = respondByOf(command.respondBy, now, community.policy.values.respondByDays)
    if (isRefusal(respondBy)) return respondBy
    const { circleId: _, ...terms } = offer
    return [
      RoleOffered.of({
        askId: mint('ask'),
        what: 'role',
        about: command.roleId,
        askedBy: actor.kind === 'person' ? actor.personId : '',
        askedOf: command.toId,
        respondBy,
        ...terms,
      }),
    ]
  },
  part: {
    // Written into what everybody decided, an offer is open: adopting it is offering.
    decide({ community, roles, agreements }, command, context) {
      const { now, mint, mandate } = context
      if (!mandate) throw new Error('a part has a mandate')
      const offer = offerOf({ community, roles, agreements }, command, context)
      if (isRefusal(offer)) return offer
      const respondBy = respondByOf(command.respondBy, now, community.policy.values.respondByDays)
      if (isRefusal(respondBy)) return respondBy
      const { proposalId, proposedBy } = mandate
      const { toId } = command
      return [RoleOfferAdopted.of({ askId: mint('ask'), toId, respondBy, ...offer, proposalId, proposedBy })]
    },
  },
  result: firstEventFields('askId'),
})

interface State {
  readonly community: CommunityState
  readonly roles: RolesState
  readonly agreements: AgreementsState
}

interface Wanted {
  readonly roleId: string
  readonly toId: string
  readonly termStart?: string | undefined
  readonly termEnd?: string | null | undefined
  readonly besideHoldingId?: string | undefined
  readonly proposalId?: string | undefined
}

/** What is offered, where it may be: the role for a term, with a seat that is free and a turn that is theirs. */
function offerOf({ community, roles, agreements }: State, wanted: Wanted, context: DecideContext) {
  const { now } = context
  const { roleId, toId, besideHoldingId, proposalId } = wanted
  const policies = community.policy.values
  if (!roleExists(roles, roleId)) return unknownReference('/roleId', roleId, 'role')
  const role = roleAt(roles, roleId, now)
  if (!role) return refuse('ROLE_RETIRED', { pointer: '/roleId', message: 'The role is retired.' })
  if (!community.members.has(toId)) return unknownReference('/toId', toId, 'member')
  const start = wanted.termStart === undefined ? now : dateBounds(wanted.termStart).earliest
  if (wanted.termEnd === null)
    return refuse('TERM_REQUIRED', { pointer: '/termEnd', message: 'Every term ends: name its end.' })
  const termDays = role.definition?.termDays ?? policies.termDays
  const end = wanted.termEnd === undefined ? start + termDays * DAY_MS : dateBounds(wanted.termEnd).earliest
  if (end <= start) return refuse('TERM_REQUIRED', { pointer: '/termEnd', message: 'A term ends after it begins.' })
  const long = termTooLong((end - start) / DAY_MS, policies.maxTermDays, '/termEnd')
  if (long) return long
  if (besideHoldingId !== undefined && !isIn(roles, roleId, besideHoldingId, start))
    return unknownReference('/besideHoldingId', besideHoldingId, 'running holding of this role')
  const guards = new Guards()
  const mandate = mandateOf(agreements, proposalId, context)
  const refusal =
    (mandate?.names(toId) ? undefined : mayOffer(community, roles, role, wanted, context, guards)) ??
    unknownMandate(proposalId, mandate) ??
    seatRefusal(roles, roleId, besideHoldingId, start, end) ??
    guards.check(policies.turns, () => tooManyInARow(roles, roleId, toId, start, end, policies))
  if (refusal) return refusal
  return {
    roleId,
    circleId: role.circleId,
    termStart: momentText(start),
    termEnd: momentText(end),
    besideHoldingId,
    proposalId: mandate?.proposalId,
    snapshot: { policyVersion: community.policy.version, warnings: guards.warnings },
  }
}

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
