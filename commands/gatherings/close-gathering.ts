import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { personOf } from '../invitations/standing.ts'
import { invitationsSlice } from '../invitations/state.ts'
import { GatheringClosed } from './events.ts'
import { GATHERING_NOT_OPEN, gatheringBy, mayNotHost, NOT_A_HOST, NOT_PRESENT, notOpen } from './hosts.ts'

export const closeGathering = defineCommand({
  name: 'CloseGathering',
  summary: 'Ends a gathering earlier than its date. On its date it ends by itself.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ invitationId: idOf('invitation') }),
  reads: { invitations: invitationsSlice },
  http: {
    method: 'POST',
    path: '/gatherings/{invitationId}/closing',
    location: '/gatherings/{invitationId}',
    target: 'invitation:{invitationId}',
  },
  refusals: { NOT_A_HOST, NOT_PRESENT, GATHERING_NOT_OPEN },
  decide({ invitations }, { invitationId }, { actor, now }) {
    const personId = personOf(actor)
    const life = gatheringBy(invitations, invitationId)
    if (isRefusal(life)) return life
    return notOpen(life, now) ?? mayNotHost(life, personId, now) ?? [GatheringClosed.of({ invitationId, personId })]
  },
  result: firstEventFields('invitationId'),
})
