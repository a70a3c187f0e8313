import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { communitySlice } from '../community/state.ts'
import { InvitationProposed } from './events.ts'
import { OFFERING_REFUSALS, offeredBy, offeringFields } from './offering.ts'

export const proposeInvitation = defineCommand({
  name: 'ProposeInvitation',
  summary:
    'Invites everybody to something. Any member may, from the first minute; whoever is invited is free to say no, and nobody learns who did.',
  book: 'open',
  who: 'member',
  schema: z.strictObject(offeringFields),
  reads: { community: communitySlice },
  http: { method: 'POST', path: '/invitations', location: '/invitations/{invitationId}' },
  refusals: OFFERING_REFUSALS,
  decide({ community }, command, { actor, now, mint }) {
    const offered = offeredBy(command, actor, now, community.policy.values.respondByDays)
    if (isRefusal(offered)) return offered
    const { kind, title, purpose, startsAt, endsAt, places, asks, proposalId } = command
    return [
      InvitationProposed.of({
        invitationId: mint('invitation'),
        inviterIds: [offered.inviterId],
        kind,
        title,
        startsAt,
        endsAt,
        purpose,
        respondBy: offered.respondBy,
        places,
        asks,
        proposalId,
      }),
    ]
  },
  result: firstEventFields('invitationId', 'respondBy'),
})
