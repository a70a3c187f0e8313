import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'
import { RESPOND_BY_IN_PAST, respondByOf } from '../asks/ask.ts'
import { communitySlice } from '../community/state.ts'
import { personOf } from '../invitations/standing.ts'
import { roleExists, rolesSlice } from '../roles/state.ts'
import { AccountabilityPartnerInvited, accountabilityScope } from './events.ts'
import { INDEPENDENCE_REFUSALS, notIndependent, SELF_ACCOUNTABILITY } from './partners.ts'
import { accountabilitySlice } from './state.ts'

export const inviteAccountabilityPartner = defineCommand({
  name: 'InviteAccountabilityPartner',
  summary:
    'Asks a member whether you may answer to them, in all you do here or in one role. Only the two know until they say yes.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({
    toId: idOf('person'),
    scope: accountabilityScope().default('all').meta({ description: '`all`, or the role it is about' }),
    respondBy: momentForm().optional(),
  }),
  reads: { community: communitySlice, roles: rolesSlice, accountability: accountabilitySlice },
  http: { method: 'POST', path: '/mine/asks/partners', location: '/mine/matters/{askId}' },
  refusals: { SELF_ACCOUNTABILITY, ...INDEPENDENCE_REFUSALS, RESPOND_BY_IN_PAST },
  decide({ community, roles, accountability }, { toId, scope, respondBy: given }, { actor, now, mint }) {
    const personId = personOf(actor)
    if (toId === personId) return refuse('SELF_ACCOUNTABILITY', { pointer: '/toId', message: SELF_ACCOUNTABILITY })
    if (!community.members.has(toId)) return unknownReference('/toId', toId, 'member')
    if (scope !== 'all' && !roleExists(roles, scope)) return unknownReference('/scope', scope, 'role')
    const policies = community.policy.values
    const refusal = notIndependent({ accountability, roles, policies }, personId, toId, scope, now)
    if (refusal) return refusal
    const respondBy = respondByOf(given, now, policies.respondByDays)
    if (isRefusal(respondBy)) return respondBy
    const between = { askedBy: personId, askedOf: toId, respondBy }
    return [
      AccountabilityPartnerInvited.of({ askId: mint('ask'), what: 'accountability', about: scope, ...between, scope }),
    ]
  },
  result: firstEventFields('askId'),
})
