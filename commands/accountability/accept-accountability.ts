import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { askedOf, askToAccept, YES_REFUSALS } from '../asks/ask.ts'
import { yesesSlice } from '../asks/state.ts'
import { communitySlice } from '../community/state.ts'
import { rolesSlice } from '../roles/state.ts'
import { type AccountabilityPartnerInvited, AccountabilityStarted } from './events.ts'
import { INDEPENDENCE_REFUSALS, notIndependent } from './partners.ts'
import { accountabilitySlice } from './state.ts'

export const acceptAccountability = defineCommand({
  name: 'AcceptAccountability',
  summary:
    'Says yes to holding somebody to account who asked you. From here on everybody sees that they answer to you.',
  book: 'open',
  who: 'member',
  yes: true,
  schema: z.strictObject({ askId: idOf('ask') }),
  reads: { community: communitySlice, roles: rolesSlice, accountability: accountabilitySlice, yeses: yesesSlice },
  http: { method: 'POST', path: '/accountability', location: '/accountability' },
  refusals: { ...YES_REFUSALS, ...INDEPENDENCE_REFUSALS },
  decide({ community, roles, accountability, yeses }, { askId }, context) {
    const ask = askToAccept(askId, 'accountability', yeses, context)
    if (isRefusal(ask)) return ask
    const { scope } = ask.data as unknown as Stored<(typeof AccountabilityPartnerInvited)['fields']>
    const policies = community.policy.values
    const refusal = notIndependent({ accountability, roles, policies }, ask.by, ask.of, scope, context.now)
    if (refusal) return refusal
    const accountabilityId = context.mint('accountability')
    return [
      AccountabilityStarted.of({
        accountabilityId,
        personId: ask.by,
        partnerId: ask.of,
        scope,
        asked: askedOf(ask),
      }),
    ]
  },
  result: firstEventFields('accountabilityId'),
})
