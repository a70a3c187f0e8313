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
import { isActedFor } from './acting.ts'
import { StandInAccepted, type StandInAsked } from './holding-events.ts'
import { momentText } from './holding-facts.ts'
import { snapshotOf } from './snapshots.ts'
import { STAND_IN_OVERLAPS } from './stand-in.ts'
import { holdingBy, roleAt, rolesSlice } from './state.ts'

export const acceptStandIn = defineCommand({
  name: 'AcceptStandIn',
  summary: 'Says yes to acting in a role in place of its holder. Everybody sees who acts, and whose seat it is.',
  book: 'open',
  who: 'member',
  yes: true,
  backdatable: true,
  schema: z.strictObject({ askId: idOf('ask') }),
  reads: { community: communitySlice, roles: rolesSlice, yeses: yesesSlice, ...partnerReads },
  http: { method: 'POST', path: '/stand-ins/acceptances', location: '/roles/{roleId}' },
  refusals: { ...YES_REFUSALS, STAND_IN_OVERLAPS, ACCOUNTABILITY_PARTNERS_REQUIRED },
  decide({ community, roles, yeses, ...duties }, { askId }, context) {
    const ask = askToAccept(askId, 'stand-in', yeses, context)
    if (isRefusal(ask)) return ask
    const { actedAt, now, mint } = context
    const asked = ask.data as unknown as Stored<(typeof StandInAsked)['fields']>
    const holding = holdingBy(roles, asked.holdingId)
    const from = Math.max(dateBounds(asked.from).earliest, actedAt)
    const to = asked.to === undefined ? Number.POSITIVE_INFINITY : dateBounds(asked.to).earliest
    if (!holding || from >= Math.min(to, holding.to.earliest))
      return refuse('ASK_CLOSED', { facts: { status: 'holding-ended' }, message: 'That time is over.' })
    if (isActedFor(roles, asked.holdingId, from, to)) return refuse('STAND_IN_OVERLAPS', { message: STAND_IN_OVERLAPS })
    const { roleId, circleId, personId } = holding.fact
    const weight = roleAt(roles, roleId, now)?.weight ?? 0
    const guards = new Guards()
    // Who acts carries what the holder did, who counts for nothing meanwhile.
    const share = weight / (1 + besidesIn(roles, roleId, holding.fact.seat, from, [holding.fact.holdingId]))
    const carrying = { personId: ask.of, roleId, weight, share }
    const partners = partnersFor({ roles, ...duties }, guards, carrying, now)
    if (isRefusal(partners)) return partners
    return [
      StandInAccepted.of({
        holdingId: mint('holding'),
        personId: ask.of,
        roleId,
        circleId,
        onBehalfOf: personId,
        forHoldingId: asked.holdingId,
        from: momentText(from),
        to: asked.to,
        asked: askedOf(ask),
        snapshot: snapshotOf(community, weight, guards.warnings, partners),
      }),
    ]
  },
  result: firstEventFields('holdingId', 'roleId'),
})
