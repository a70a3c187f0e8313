import { type AccountabilityState, runningMentorships } from './state.ts'

export const ALREADY_MENTORED = 'They are your mentor already.'

/** Whether a person is mentor of another now. */
export function mentors(state: AccountabilityState, mentorId: string, menteeId: string): boolean {
  return runningMentorships(state, menteeId).some((tie) => tie.mentorId === mentorId && tie.menteeId === menteeId)
}
