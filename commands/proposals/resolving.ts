import type { DecideContext } from '../../src/kernel/define-command.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { CommunityState } from '../community/state.ts'
import type { Objection } from './objection-facts.ts'
import { personOf } from './rounds.ts'

export const NOT_YOURS_TO_RESOLVE =
  'Only whoever raised an objection says that it is met, or takes it back; where they have left, whoever took it up or saw it too.'

/**
 * Refuses whoever did not raise the objection. One whose objector has left is not out of everybody's hands: an argument is
 * more than the person, and whoever made it theirs too may say that it is met.
 */
export function notYoursToResolve(
  { objectorId, standsWith }: Objection,
  { members }: CommunityState,
  context: Pick<DecideContext, 'actor'>,
): Refusal | undefined {
  const personId = personOf(context)
  if (personId === objectorId || (!members.has(objectorId) && standsWith.has(personId))) return undefined
  return refuse('NOT_YOURS_TO_RESOLVE', { message: NOT_YOURS_TO_RESOLVE })
}
