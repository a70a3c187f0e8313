import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { InvitationReminded } from './events.ts'
import { closedTo, INVITATION_CLOSED, NOT_AN_INVITER, ownInvitation, personOf } from './standing.ts'
import { invitationsSlice } from './state.ts'

export const remindOfInvitation = defineCommand({
  name: 'RemindOfInvitation',
  summary: 'Reminds everybody of your invitation, once. There is no second time.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ invitationId: idOf('invitation') }),
  reads: { invitations: invitationsSlice },
  http: {
    method: 'POST',
    path: '/invitations/{invitationId}/reminder',
    location: '/invitations/{invitationId}',
    target: 'invitation:{invitationId}',
  },
  refusals: {
    NOT_AN_INVITER,
    INVITATION_CLOSED,
    ALREADY_REMINDED: 'You have reminded everybody once; more would be pressing.',
  },
  decide({ invitations }, { invitationId }, { actor, now }) {
    const personId = personOf(actor)
    const life = ownInvitation(invitations, invitationId, personId, now)
    if (isRefusal(life)) return life
    if (!life.toAll) return refuse('NOT_FOUND', { message: 'There is no such invitation to all.' })
    if (life.remindedAt !== undefined) return refuse('ALREADY_REMINDED', { message: 'Everybody was reminded once.' })
    const refusal = closedTo(life, personId, now)
    if (refusal) return refusal
    return [InvitationReminded.of({ invitationId, personId })]
  },
  result: firstEventFields('invitationId'),
})
