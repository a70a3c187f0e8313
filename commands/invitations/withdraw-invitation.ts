import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { InvitationWithdrawn } from './events.ts'
import { INVITATION_CLOSED, NOT_AN_INVITER, ownInvitation, personOf } from './standing.ts'
import { invitationsSlice } from './state.ts'

export const withdrawInvitation = defineCommand({
  name: 'WithdrawInvitation',
  summary: 'No longer invites. Whoever had said yes is free of it, and a gathering does not take place.',
  book: 'open',
  who: 'member',
  wayOut: true,
  schema: z.strictObject({ invitationId: idOf('invitation') }),
  reads: { invitations: invitationsSlice },
  http: {
    method: 'POST',
    path: '/invitations/{invitationId}/withdrawal',
    location: '/invitations/{invitationId}',
  },
  refusals: { NOT_AN_INVITER, INVITATION_CLOSED },
  decide({ invitations }, { invitationId }, { actor, now }) {
    const personId = personOf(actor)
    const life = ownInvitation(invitations, invitationId, personId, now)
    if (isRefusal(life)) return life
    return [InvitationWithdrawn.of({ invitationId, personId })]
  },
  result: firstEventFields('invitationId'),
})
