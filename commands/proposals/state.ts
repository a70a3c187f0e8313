import { defineSlice } from '../../src/kernel/folds.ts'
import { type Round, roundCases } from './round-facts.ts'

export interface ProposalsState {
  readonly rounds: Map<string, Round>
  /** When each person last acted in the open book, RFC 3339: who is active may answer a constitutional proposal. */
  readonly lastActOf: Map<string, string>
}

export const proposalsSlice = defineSlice<ProposalsState>({
  name: 'proposals',
  book: 'open',
  initial: () => ({ rounds: new Map(), lastActOf: new Map() }),
  every: ({ lastActOf }, { actor, recordedAt }) => {
    if (actor.startsWith('person_')) lastActOf.set(actor, recordedAt)
  },
  cases: roundCases<ProposalsState>((state) => state.rounds),
})

/**
 * The adopted proposal of an id; undefined for one that is not adopted.
 * What a proposal was adopted with stands in {@link Round.submitted} (its class, its changes, whom a recall names).
 */
export function adoptedProposal({ rounds }: ProposalsState, proposalId: string): Round | undefined {
  const round = rounds.get(proposalId)
  return round?.decided?.how === 'adopted' ? round : undefined
}
