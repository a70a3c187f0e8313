import { z } from 'zod'
import { dateBounds } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'
import { RESPOND_BY_IN_PAST, respondByOf } from '../asks/ask.ts'
import { communitySlice } from '../community/state.ts'
import { isActedFor } from './acting.ts'
import { StandInAsked } from './holding-events.ts'
import { momentText } from './holding-facts.ts'
import { NOT_THE_HOLDER, notTheHolder, ownHolding } from './own-holding.ts'
import { holdingBy, rolesSlice } from './state.ts'
import { ALREADY_HOLDER } from './understudies.ts'

export const STAND_IN_OVERLAPS = 'Somebody acts for this holding for some of that time already.'

export const standIn = defineCommand({
  name: 'StandIn',
  summary: 'Asks a member to act in your role for a time. The seat stays yours. Only the two know until they say yes.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({
    holdingId: idOf('holding'),
    toId: idOf('person'),
    from: momentForm().optional().meta({ description: 'Now unless given' }),
    to: momentForm().optional().meta({ description: 'Until one of the two ends it, unless given' }),
    respondBy: momentForm().optional(),
  }),
  reads: { community: communitySlice, roles: rolesSlice },
  http: { method: 'POST', path: '/mine/asks/stand-ins', location: '/mine/matters/{askId}' },
  refusals: { NOT_THE_HOLDER, STAND_IN_OVERLAPS, ALREADY_HOLDER, RESPOND_BY_IN_PAST },
  decide({ community, roles }, command, { actor, now, mint }) {
    const { holdingId, toId } = command
    const holding = holdingBy(roles, holdingId)
    if (!holding) return unknownReference('/holdingId', holdingId, 'holding')
    const { personId, seat, roleId } = holding.fact
    if (actor.kind !== 'person' || personId !== actor.personId || seat === undefined || now >= holding.to.earliest)
      return notTheHolder()
    if (!community.members.has(toId)) return unknownReference('/toId', toId, 'member')
    const from = command.from === undefined ? now : dateBounds(command.from).earliest
    const to = command.to === undefined ? Number.POSITIVE_INFINITY : dateBounds(command.to).earliest
    if (to <= from) {
      const findings = [{ pointer: '/to', rule: 'must come after "from"' }]
      return refuse('VALIDATION_FAILED', {
        pointer: '/to',
        facts: { findings },
        message: '"to" must come after "from".',
      })
    }
    if (isActedFor(roles, holdingId, from, to)) return refuse('STAND_IN_OVERLAPS', { message: STAND_IN_OVERLAPS })
    const other = ownHolding(roles, roleId, toId, from)
    if (other?.fact.kind === 'holder' || toId === personId)
      return refuse('ALREADY_HOLDER', { pointer: '/toId', message: ALREADY_HOLDER })
    const respondBy = respondByOf(command.respondBy, now, community.policy.values.respondByDays)
    if (isRefusal(respondBy)) return respondBy
    return [
      StandInAsked.of({
        askId: mint('ask'),
        what: 'stand-in',
        about: holdingId,
        askedBy: personId,
        askedOf: toId,
        respondBy,
        holdingId,
        roleId,
        from: momentText(from),
        to: command.to,
      }),
    ]
  },
  result: firstEventFields('askId'),
})
