import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { InviterJoined } from './events.ts'
import { closedTo, INVITATION_CLOSED, personOf } from './standing.ts'
import { invitationsSlice } from './state.ts'

const INVITATION_ALREADY_ACCEPTED = 'Somebody has said yes to those who invited: who invites is settled by then.'
const ALREADY_AN_INVITER = 'You invite already.'

export const joinAsInviter = defineCommand({
  name: 'JoinAsInviter',
  summary: 'Invites along with whoever did, by your own act, until somebody has said yes.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject({ invitationId: idOf('invitation') }),
  reads: { invitations: invitationsSlice },
  http: {
    method: 'POST',
    path: '/invitations/{invitationId}/inviters',
    location: '/invitations/{invitationId}',
    target: 'invitation:{invitationId}',
  },
  refusals: { INVITATION_ALREADY_ACCEPTED, ALREADY_AN_INVITER, INVITATION_CLOSED },
  decide({ invitations }, { invitationId }, { actor, now }) {
    const personId = personOf(actor)
    const life = invitations.lives.get(invitationId)
    if (!life?.toAll) return refuse('NOT_FOUND', { message: 'There is no such invitation to all.' })
    if (life.inviters.has(personId)) return refuse('ALREADY_AN_INVITER', { message: ALREADY_AN_INVITER })
    if (life.yeses.size > 0) return refuse('INVITATION_ALREADY_ACCEPTED', { message: INVITATION_ALREADY_ACCEPTED })
    return closedTo(life, personId, now) ?? [InviterJoined.of({ invitationId, personId })]
  },
  result: firstEventFields('invitationId'),
})
