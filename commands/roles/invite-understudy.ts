import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'
import { PARTNER_CONFLICTED, partnerOfAHolder } from '../accountability/partners.ts'
import { accountabilitySlice } from '../accountability/state.ts'
import { RESPOND_BY_IN_PAST, respondByOf } from '../asks/ask.ts'
import { communitySlice } from '../community/state.ts'
import { UnderstudyInvited } from './holding-events.ts'
import { NOT_THE_HOLDER, notTheHolder, ownHolding } from './own-holding.ts'
import { roleAt, roleExists, rolesSlice } from './state.ts'
import { ALREADY_HOLDER, ALREADY_UNDERSTUDY, inTheRole } from './understudies.ts'

export const inviteUnderstudy = defineCommand({
  name: 'InviteUnderstudy',
  summary: 'Asks a member to learn the role you hold, in order to take a turn. Only the two know until they say yes.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({ roleId: idOf('role'), toId: idOf('person'), respondBy: momentForm().optional() }),
  reads: { community: communitySlice, roles: rolesSlice, accountability: accountabilitySlice },
  http: { method: 'POST', path: '/mine/asks/understudies', location: '/mine/matters/{askId}' },
  refusals: {
    NOT_THE_HOLDER,
    ALREADY_HOLDER,
    ALREADY_UNDERSTUDY,
    PARTNER_CONFLICTED,
    ROLE_RETIRED: 'The role is retired.',
    RESPOND_BY_IN_PAST,
  },
  decide({ community, roles, accountability }, { roleId, toId, respondBy: given }, { actor, now, mint }) {
    if (!roleExists(roles, roleId)) return unknownReference('/roleId', roleId, 'role')
    if (!roleAt(roles, roleId, now)) return refuse('ROLE_RETIRED', { message: 'The role is retired.' })
    if (actor.kind !== 'person' || !ownHolding(roles, roleId, actor.personId, now)) return notTheHolder()
    if (!community.members.has(toId)) return unknownReference('/toId', toId, 'member')
    const refusal = inTheRole(roles, roleId, toId, now) ?? partnerOfAHolder(accountability, roles, roleId, toId, now)
    if (refusal) return refusal
    const respondBy = respondByOf(given, now, community.policy.values.respondByDays)
    if (isRefusal(respondBy)) return respondBy
    const between = { askedBy: actor.personId, askedOf: toId, respondBy }
    return [UnderstudyInvited.of({ askId: mint('ask'), what: 'understudy', about: roleId, ...between, roleId })]
  },
  result: firstEventFields('askId'),
})
