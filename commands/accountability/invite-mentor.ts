import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, line, momentForm } from '../../src/kernel/text.ts'
import { RESPOND_BY_IN_PAST, respondByOf } from '../asks/ask.ts'
import { communitySlice } from '../community/state.ts'
import { personOf } from '../invitations/standing.ts'
import { MentorInvited } from './events.ts'
import { ALREADY_MENTORED, mentors } from './mentors.ts'
import { accountabilitySlice } from './state.ts'

const SELF_MENTORSHIP = 'One learns from somebody else.'

export const inviteMentor = defineCommand({
  name: 'InviteMentor',
  summary: 'Asks a member to be your mentor. Only the two know until they say yes.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({
    toId: idOf('person'),
    topics: z
      .array(line(100))
      .max(20)
      .default([])
      .meta({ description: 'In what; everybody reads it once they say yes' }),
    respondBy: momentForm().optional(),
  }),
  reads: { community: communitySlice, accountability: accountabilitySlice },
  http: { method: 'POST', path: '/mine/asks/mentors', location: '/mine/matters/{askId}' },
  refusals: { SELF_MENTORSHIP, ALREADY_MENTORED, RESPOND_BY_IN_PAST },
  decide({ community, accountability }, { toId, topics, respondBy: given }, { actor, now, mint }) {
    const personId = personOf(actor)
    if (toId === personId) return refuse('SELF_MENTORSHIP', { pointer: '/toId', message: SELF_MENTORSHIP })
    if (!community.members.has(toId)) return unknownReference('/toId', toId, 'member')
    if (mentors(accountability, toId, personId)) return refuse('ALREADY_MENTORED', { message: ALREADY_MENTORED })
    const respondBy = respondByOf(given, now, community.policy.values.respondByDays)
    if (isRefusal(respondBy)) return respondBy
    const between = { askedBy: personId, askedOf: toId, respondBy }
    return [MentorInvited.of({ askId: mint('ask'), what: 'mentorship', about: personId, ...between, topics })]
  },
  result: firstEventFields('askId'),
})
