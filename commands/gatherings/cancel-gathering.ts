import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { personOf } from '../invitations/standing.ts'
import { invitationsSlice } from '../invitations/state.ts'
import { GatheringCancelled } from './events.ts'
import { GATHERING_OVER, gatheringBy, isOver, mayNotHost, NOT_A_HOST, NOT_PRESENT, over } from './hosts.ts'

export const cancelGathering = defineCommand({
  name: 'CancelGathering',
  summary: 'Says that a gathering does not take place, or no longer.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ invitationId: idOf('invitation') }),
  reads: { invitations: invitationsSlice },
  http: {
    method: 'POST',
    path: '/gatherings/{invitationId}/cancellation',
    location: '/gatherings/{invitationId}',
    target: 'invitation:{invitationId}',
  },
  refusals: { NOT_A_HOST, NOT_PRESENT, GATHERING_OVER },
  decide({ invitations }, { invitationId }, { actor, now }) {
    const personId = personOf(actor)
    const life = gatheringBy(invitations, invitationId)
    if (isRefusal(life)) return life
    if (isOver(life, now)) return over()
    return mayNotHost(life, personId, now) ?? [GatheringCancelled.of({ invitationId, personId })]
  },
  result: firstEventFields('invitationId'),
})
