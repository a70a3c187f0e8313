import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { InvitationClosed } from './events.ts'
import { closed, INVITATION_CLOSED, NOT_AN_INVITER, ownInvitation, personOf } from './standing.ts'
import { invitationsSlice } from './state.ts'

export const closeInvitation = defineCommand({
  name: 'CloseInvitation',
  summary: 'Takes no more answers to your invitation. Every yes stands, and a gathering takes place.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ invitationId: idOf('invitation') }),
  reads: { invitations: invitationsSlice },
  http: {
    method: 'POST',
    path: '/invitations/{invitationId}/closing',
    location: '/invitations/{invitationId}',
    target: 'invitation:{invitationId}',
  },
  refusals: { NOT_AN_INVITER, INVITATION_CLOSED },
  decide({ invitations }, { invitationId }, { actor, now }) {
    const personId = personOf(actor)
    const life = ownInvitation(invitations, invitationId, personId, now)
    if (isRefusal(life)) return life
    if (life.answersClosedAt !== undefined) return closed('closed')
    return [InvitationClosed.of({ invitationId, personId })]
  },
  result: firstEventFields('invitationId'),
})
