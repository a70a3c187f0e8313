import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { openObjections, type Position, type Round } from './round-facts.ts'

export const OWN_OBJECTION_OPEN =
  'Your objection is open: say that it is met, or take it back, before you answer otherwise.'

/** Whether somebody has given this very answer to the version there is now: saying it again changes nothing. */
export function answersAlready(round: Round, personId: string, stance: Position['stance']): boolean {
  const position = round.positions.get(personId)
  return position?.version === round.version && position.stance === stance
}

/** Refuses another answer to whoever objects: nobody is counted twice, and no objection is lost by a slip. */
export function ownObjectionOpen(round: Round, personId: string, now: number): Refusal | undefined {
  const own = openObjections(round, now).find(({ objectorId }) => objectorId === personId)
  if (!own) return undefined
  const { objectionId } = own
  return refuse('OWN_OBJECTION_OPEN', { facts: { objectionId }, message: OWN_OBJECTION_OPEN })
}
