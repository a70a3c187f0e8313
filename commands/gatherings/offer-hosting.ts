import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'
import { RESPOND_BY_IN_PAST, respondByOf } from '../asks/ask.ts'
import { communitySlice } from '../community/state.ts'
import { personOf } from '../invitations/standing.ts'
import { invitationsSlice } from '../invitations/state.ts'
import { HostingOffered } from './events.ts'
import { isGathering } from './hosting.ts'
import { ALREADY_A_HOST, GATHERING_NOT_OPEN, isHost, isOver, mayNotHost, NOT_A_HOST } from './hosts.ts'

export const offerHosting = defineCommand({
  name: 'OfferHosting',
  summary: 'Asks a member to host a gathering with you, from now on. Only the two know until they say yes.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({
    invitationId: idOf('invitation'),
    toId: idOf('person'),
    respondBy: momentForm().optional(),
  }),
  reads: { community: communitySlice, invitations: invitationsSlice },
  http: { method: 'POST', path: '/mine/asks/hosting', location: '/mine/matters/{askId}' },
  refusals: {
    NOT_A_HOST,
    GATHERING_NOT_OPEN: 'The gathering is over or was cancelled.',
    ALREADY_A_HOST,
    RESPOND_BY_IN_PAST,
  },
  decide({ community, invitations }, { invitationId, toId, respondBy: given }, { actor, now, mint }) {
    const personId = personOf(actor)
    const life = invitations.lives.get(invitationId)
    if (!life || !isGathering(life)) return unknownReference('/invitationId', invitationId, 'gathering')
    if (isOver(life, now)) return refuse('GATHERING_NOT_OPEN', { message: GATHERING_NOT_OPEN })
    if (mayNotHost(life, personId, now)) return refuse('NOT_A_HOST', { message: NOT_A_HOST })
    if (!community.members.has(toId)) return unknownReference('/toId', toId, 'member')
    if (isHost(life, toId, now)) return refuse('ALREADY_A_HOST', { pointer: '/toId', message: ALREADY_A_HOST })
    const respondBy = respondByOf(given, now, community.policy.values.respondByDays)
    if (isRefusal(respondBy)) return respondBy
    const between = { askedBy: personId, askedOf: toId, respondBy }
    return [HostingOffered.of({ askId: mint('ask'), what: 'hosting', about: invitationId, ...between, invitationId })]
  },
  result: firstEventFields('askId'),
})
