import { z } from 'zod'
import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { ACCOUNTABILITY_PARTNERS_REQUIRED, partnerReads, partnersFor } from '../accountability/partner-guard.ts'
import { askedOf, askToAccept, YES_REFUSALS } from '../asks/ask.ts'
import { yesesSlice } from '../asks/state.ts'
import { Guards } from '../community/guards.ts'
import { communitySlice } from '../community/state.ts'
import { RoleHandedOver, type RoleHandoverOffered } from './holding-events.ts'
import { momentText } from './holding-facts.ts'
import { understudySeat } from './own-holding.ts'
import { NO_FREE_SEAT, seatTakenBy } from './seats.ts'
import { snapshotOf } from './snapshots.ts'
import { holdingBy, holdingsOf, type RolesState, roleAt, rolesSlice } from './state.ts'
import { CONSECUTIVE_TERM_LIMIT, termNumberOf, tooManyInARow } from './turns.ts'

export const acceptHandover = defineCommand({
  name: 'AcceptHandover',
  summary:
    'Says yes to taking a role over. From here on everybody sees from whom, from when on, and the steps of the handover; never the notes.',
  book: 'open',
  who: 'member',
  yes: true,
  backdatable: true,
  schema: z.strictObject({ askId: idOf('ask') }),
  reads: { community: communitySlice, roles: rolesSlice, yeses: yesesSlice, ...partnerReads },
  http: { method: 'POST', path: '/handovers/acceptances', location: '/handovers/{holdingId}' },
  refusals: {
    ...YES_REFUSALS,
    NO_FREE_SEAT,
    ACCOUNTABILITY_PARTNERS_REQUIRED,
    CONSECUTIVE_TERM_LIMIT,
    ROLE_RETIRED: 'The role is retired.',
  },
  decide({ community, roles, yeses, ...duties }, { askId }, context) {
    const ask = askToAccept(askId, 'handover', yeses, context)
    if (isRefusal(ask)) return ask
    const { now, actedAt, mint } = context
    const offer = ask.data as unknown as Stored<(typeof RoleHandoverOffered)['fields']>
    const { roleId, holdingId: fromHoldingId, together } = offer
    const role = roleAt(roles, roleId, now)
    if (!role) return refuse('ROLE_RETIRED', { message: 'The role is retired.' })
    const outgoing = holdingBy(roles, fromHoldingId)
    const peers = holdingsHandedOver(roles, roleId, fromHoldingId)
    const sharesNow = together && peers.length > 0 && actedAt <= dateBounds(offer.handoverAt).earliest
    if (peers.length > 0 && !sharesNow) return refuse('NO_FREE_SEAT', { message: 'Another yes came first.' })
    if (outgoing?.fact.seat === undefined || actedAt >= outgoing.to.earliest)
      return refuse('ASK_CLOSED', {
        facts: { status: 'holding-ended' },
        message: 'Whoever offered no longer holds it.',
      })
    // What was to begin before the yes begins with the yes.
    const at = Math.max(dateBounds(offer.handoverAt).earliest, actedAt)
    const overlapFrom = Math.min(at, Math.max(dateBounds(offer.overlapFrom).earliest, actedAt))
    const policies = community.policy.values
    const end = at + (role.definition?.termDays ?? policies.termDays) * DAY_MS
    const { seat } = outgoing.fact
    const sharing = holdingsOf(roles, roleId).filter(({ fact }) => fact.seat === seat && fact.kind === 'co-holder')
    const ending = [fromHoldingId, ...peers, ...sharing.map(({ fact }) => fact.holdingId)]
    if (seatTakenBy(roles, roleId, seat, at, end, ending))
      return refuse('NO_FREE_SEAT', { message: 'Somebody else has accepted the seat for some of that time.' })
    const guards = new Guards()
    const refusal = guards.check(policies.turns, () => tooManyInARow(roles, roleId, ask.of, at, end, policies))
    if (refusal) return refusal
    // Whoever takes it over with others shares what it carries with those who have said so by now.
    const share = role.weight / (together ? peers.length + 1 : 1)
    const endsUnderstudy = understudySeat(roles, roleId, ask.of, overlapFrom)?.fact.holdingId
    const learned = endsUnderstudy !== undefined
    const carrying = { personId: ask.of, roleId, weight: role.weight, share, learned }
    const partners = partnersFor({ roles, ...duties }, guards, carrying, now)
    if (isRefusal(partners)) return partners
    return [
      RoleHandedOver.of({
        holdingId: mint('holding'),
        personId: ask.of,
        roleId,
        circleId: role.circleId,
        from: ask.by,
        fromHoldingId,
        seat,
        overlapFrom: momentText(overlapFrom),
        handoverAt: momentText(at),
        termNumber: termNumberOf(roles, roleId, ask.of, at, end, policies),
        termStart: momentText(at),
        termEnd: momentText(end),
        together,
        steps: [...(role.definition?.handoverSteps ?? [])],
        endsUnderstudy,
        asked: askedOf(ask),
        proposalId: offer.proposalId,
        snapshot: snapshotOf(community, role.weight, guards.warnings, partners),
      }),
    ]
  },
  result: firstEventFields('holdingId', 'roleId', 'overlapFrom', 'handoverAt', 'termEnd'),
})

/** The holdings that began by taking a holding over. */
function holdingsHandedOver(roles: RolesState, roleId: string, fromHoldingId: string): readonly string[] {
  return holdingsOf(roles, roleId)
    .map(({ fact }) => fact.holdingId)
    .filter((id) => roles.handovers.get(id)?.fromHoldingId === fromHoldingId)
}
