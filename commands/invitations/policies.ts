import { z } from 'zod'

const shape = {
  reinviteWaitDays: z
    .int()
    .min(0)
    .max(182)
    .meta({ description: 'How long an inviter waits before they ask somebody again, after silence and decline alike' }),
  membership: z
    .enum(['open', 'invitation'])
    .meta({ description: 'Whether somebody joins as they come, or by the invitation of a member' }),
}

type Values = z.output<z.ZodObject<typeof shape>>

const hospitality: Values = { reinviteWaitDays: 14, membership: 'invitation' }
const crew: Partial<Values> = {}

/** The rules of invitations a community may set. */
export const invitationPolicies = { shape, hospitality, crew }
