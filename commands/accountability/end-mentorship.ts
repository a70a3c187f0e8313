import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { personOf } from '../invitations/standing.ts'
import { MentorshipEnded } from './events.ts'
import { accountabilitySlice } from './state.ts'

const NOT_YOURS_TO_END = 'One of the two ends it.'
const MENTORSHIP_ENDED = 'It has ended already.'

export const endMentorship = defineCommand({
  name: 'EndMentorship',
  summary: 'Ends a mentorship, from either side. No reason is needed.',
  book: 'open',
  who: 'member',
  wayOut: true,
  schema: z.strictObject({ mentorshipId: idOf('mentorship') }),
  reads: { accountability: accountabilitySlice },
  http: { method: 'POST', path: '/mentorships/{mentorshipId}/end', location: '/accountability' },
  refusals: { NOT_YOURS_TO_END, MENTORSHIP_ENDED },
  decide({ accountability }, { mentorshipId }, { actor }) {
    const tie = accountability.mentorships.get(mentorshipId)
    if (!tie) return refuse('NOT_FOUND', { message: 'There is no such mentorship.' })
    const { menteeId, mentorId } = tie
    if (![menteeId, mentorId].includes(personOf(actor)))
      return refuse('NOT_YOURS_TO_END', { message: NOT_YOURS_TO_END })
    if (tie.to !== Number.POSITIVE_INFINITY) return refuse('MENTORSHIP_ENDED', { message: MENTORSHIP_ENDED })
    return [MentorshipEnded.of({ mentorshipId, menteeId, mentorId, reason: 'ended' })]
  },
  result: firstEventFields('mentorshipId'),
})
