import { z } from 'zod'
import { days, definePolicies } from '../community/policy-forms.ts'

export const invitationPolicies = definePolicies({
  shape: {
    reinviteWaitDays: days(0, 182).meta({
      description: 'How long an inviter waits before they ask somebody again, after silence and decline alike',
    }),
    membership: z
      .enum(['open', 'invitation'])
      .meta({ description: 'Whether somebody joins as they come, or by the invitation of a member' }),
  },
  hospitality: { reinviteWaitDays: 14, membership: 'invitation' },
  from: { membership: 'Enspiral: any member invites a contributor; Microsolidarity' },
})
