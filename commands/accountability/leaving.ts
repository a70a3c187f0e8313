import type { NewEvent } from '../../src/kernel/define-event.ts'
import { AccountabilityEnded, MentorshipEnded } from './events.ts'
import { type AccountabilityState, runningMentorships, runningTies } from './state.ts'

/** The ties of a person, on either side, ended because they leave. */
export function tiesEnded(state: AccountabilityState, leaver: string): readonly NewEvent[] {
  return [
    ...runningMentorships(state, leaver).map(({ mentorshipId, menteeId, mentorId }) =>
      MentorshipEnded.of({ mentorshipId, menteeId, mentorId, reason: 'left' }),
    ),
    ...runningTies(state, leaver).map(({ accountabilityId, personId, partnerId, scope }) =>
      AccountabilityEnded.of({ accountabilityId, personId, partnerId, scope, reason: 'left' }),
    ),
  ]
}
