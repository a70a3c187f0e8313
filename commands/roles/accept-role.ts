import { z } from 'zod'
import { dateBounds } from '../../src/kernel/dates.ts'
import { type DecideContext, defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { isRefusal, type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import {
  ACCOUNTABILITY_PARTNERS_REQUIRED,
  besidesIn,
  partnerReads,
  partnersFor,
} from '../accountability/partner-guard.ts'
import { askedOf, askToAccept, YES_REFUSALS } from '../asks/ask.ts'
import type { Asked } from '../asks/events.ts'
import { yesesSlice } from '../asks/state.ts'
import type { Yeses } from '../asks/yes-facts.ts'
import { Guards } from '../community/guards.ts'
import { communitySlice } from '../community/state.ts'
import { RoleAccepted, type RoleOffered } from './holding-events.ts'
import { momentText } from './holding-facts.ts'
import { askedByOffer, offerToAnswer, openOffersOf } from './open-offers.ts'
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
  schema: z
    .strictObject({
      roleId: idOf('role'),
      askId: idOf('ask').optional(),
      proposalId: idOf('proposal').optional().meta({ description: 'Instead: the adopted proposal that offers it' }),
    })
    .refine((c) => (c.askId === undefined) !== (c.proposalId === undefined), 'needs askId, or proposalId instead'),
  reads: { community: communitySlice, roles: rolesSlice, yeses: yesesSlice, ...partnerReads },
  http: { method: 'POST', path: '/roles/{roleId}/acceptances', location: '/roles/{roleId}', target: 'role:{roleId}' },
  refusals: {
    ...YES_REFUSALS,
    NO_FREE_SEAT,
    ACCOUNTABILITY_PARTNERS_REQUIRED,
    CONSECUTIVE_TERM_LIMIT,
    ROLE_RETIRED: 'The role is retired.',
  },
  decide({ community, roles, yeses, ...duties }, { roleId, ...by }, context) {
    const answered = offerIn(roles, roleId, by, yeses, context)
    if (isRefusal(answered)) return answered
    const { offer, asked, personId } = answered
    const { now, actedAt, mint } = context
    const role = roleAt(roles, roleId, now)
    if (!role) return refuse('ROLE_RETIRED', { message: 'The role is retired.' })
    // What was to begin before the yes begins with the yes.
    const start = Math.max(dateBounds(offer.termStart).earliest, actedAt)
    const end = dateBounds(offer.termEnd).earliest
    if (end <= start) return refuse('ASK_CLOSED', { facts: { status: 'lapsed' }, message: 'The term offered is over.' })
    const place = seatOf(roles, roleId, offer.besideHoldingId, start, end)
    if (isRefusal(place)) return place
    const policies = community.policy.values
    const guards = new Guards()
    const refusal =
      guards.check(policies.turns, () => tooManyInARow(roles, roleId, personId, start, end, policies)) ??
      guards.check(policies.sharedAtAccept, () => aloneIn(roles, role, personId, now, policies))
    if (refusal) return refusal
    const endsUnderstudy = understudySeat(roles, roleId, personId, start)?.fact.holdingId
    const share =
      role.weight / (1 + besidesIn(roles, roleId, place.seat, start, 'takesOver' in place ? [place.takesOver] : []))
    const learned = endsUnderstudy !== undefined
    const carrying = { personId, roleId, weight: role.weight, share, learned }
    const partners = partnersFor({ roles, ...duties }, guards, carrying, now)
    if (isRefusal(partners)) return partners
    return [
      RoleAccepted.of({
        holdingId: mint('holding'),
        personId,
        roleId,
        circleId: role.circleId,
        ...place,
        termNumber: termNumberOf(roles, roleId, personId, start, end, policies),
        termStart: momentText(start),
        termEnd: momentText(end),
        besideHoldingId: offer.besideHoldingId,
        endsUnderstudy,
        asked,
        proposalId: offer.proposalId,
        snapshot: snapshotOf(community, role.weight, guards.warnings, partners),
      }),
    ]
  },
  result: firstEventFields('holdingId', 'roleId', 'seat', 'termNumber', 'termStart', 'termEnd'),
})

interface Answered {
  readonly offer: Pick<
    Stored<(typeof RoleOffered)['fields']>,
    'termStart' | 'termEnd' | 'besideHoldingId' | 'proposalId'
  >
  readonly asked: Asked
  readonly personId: string
}

/** What the yes answers: an ask of the private book, or the offer of an adopted proposal. */
function offerIn(
  roles: RolesState,
  roleId: string,
  by: { askId?: string | undefined; proposalId?: string | undefined },
  yeses: Yeses,
  context: DecideContext,
): Answered | Refusal {
  const offers = openOffersOf(roles, by)
  if (by.askId !== undefined && offers.length === 0) {
    const ask = askToAccept(by.askId, 'role', yeses, context)
    if (isRefusal(ask)) return ask
    if (ask.about !== roleId) return refuse('NOT_FOUND', { message: 'There is no such ask.' })
    return { offer: ask.data as unknown as Answered['offer'], asked: askedOf(ask), personId: ask.of }
  }
  const ofRole = offers.filter(({ offer }) => offer.roleId === roleId)
  const open = offerToAnswer(ofRole, yeses, context, () =>
    refuse('NOT_YOURS_TO_ACCEPT', { message: 'Only whoever was asked says yes.' }),
  )
  return isRefusal(open) ? open : { offer: open.offer, asked: askedByOffer(open), personId: open.offer.toId }
}

function seatOf(roles: RolesState, roleId: string, beside: string | undefined, start: number, end: number) {
  if (beside === undefined) return freeSeat(roles, roleId, start, end)
  const holding = holdingBy(roles, beside)
  if (holding?.fact.seat === undefined || start >= holding.to.earliest)
    return refuse('NO_FREE_SEAT', { message: 'The seat that was to be shared is no longer held.' })
  return { seat: holding.fact.seat }
}
