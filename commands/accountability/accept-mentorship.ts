import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { askedOf, askToAccept, YES_REFUSALS } from '../asks/ask.ts'
import { yesesSlice } from '../asks/state.ts'
import { type MentorInvited, MentorshipStarted } from './events.ts'
import { ALREADY_MENTORED, mentors } from './mentors.ts'
import { accountabilitySlice } from './state.ts'

export const acceptMentorship = defineCommand({
  name: 'AcceptMentorship',
  summary: 'Says yes to being somebody’s mentor. From here on everybody sees that you are, and in what.',
  book: 'open',
  who: 'member',
  yes: true,
  schema: z.strictObject({ askId: idOf('ask') }),
  reads: { accountability: accountabilitySlice, yeses: yesesSlice },
  http: { method: 'POST', path: '/mentorships', location: '/accountability' },
  refusals: { ...YES_REFUSALS, ALREADY_MENTORED },
  decide({ accountability, yeses }, { askId }, context) {
    const ask = askToAccept(askId, 'mentorship', yeses, context)
    if (isRefusal(ask)) return ask
    if (mentors(accountability, ask.of, ask.by))
      return refuse('ALREADY_MENTORED', { message: 'You are their mentor already.' })
    const { topics } = ask.data as unknown as Stored<(typeof MentorInvited)['fields']>
    const pair = { mentorshipId: context.mint('mentorship'), menteeId: ask.by, mentorId: ask.of }
    return [MentorshipStarted.of({ ...pair, topics, asked: askedOf(ask) })]
  },
  result: firstEventFields('mentorshipId'),
})
