import type { DecideContext } from '../../src/kernel/define-command.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { type CommunityState, leaveAt } from '../community/state.ts'
import type { Objection } from './objection-facts.ts'
import { isOpenObjection, objectionStatus } from './objection-facts.ts'
import { type Round, roundStatus } from './round-facts.ts'
import type { ProposalsState } from './state.ts'

type Moment = Pick<DecideContext, 'now' | 'actor'>

export const ROUND_REFUSALS = {
  PROPOSAL_CLOSED: 'The proposal was adopted or withdrawn, or it has lapsed.',
}
export const ANSWER_REFUSALS = {
  ...ROUND_REFUSALS,
  ROUND_NOT_OPEN: 'The round has not opened yet.',
  NOT_ELIGIBLE: 'Whoever may answer was written down when the round opened, and you are not among them.',
}
export const VERSION_REFUSALS = {
  ...ANSWER_REFUSALS,
  STALE_VERSION: 'The proposal has another version now. An answer is to a version: read it first.',
}
export const OBJECTION_REFUSALS = {
  ...ROUND_REFUSALS,
  OBJECTION_CLOSED: 'The objection was met, taken back or set aside.',
}

/** The person who acts. Only people do: the book knows nobody else as a member. */
export function personOf({ actor }: Pick<DecideContext, 'actor'>): string {
  return actor.kind === 'person' ? actor.personId : ''
}

/** The round an act is in, which is still under way. @returns NOT_FOUND or PROPOSAL_CLOSED where it is not. */
export function roundUnderWay({ rounds }: ProposalsState, proposalId: string, now: number): Round | Refusal {
  const round = rounds.get(proposalId)
  if (!round) return refuse('NOT_FOUND', { message: 'There is no such proposal.' })
  const status = roundStatus(round, now)
  if (status === 'open' || status === 'to-open') return round
  return refuse('PROPOSAL_CLOSED', { facts: { status }, message: `The proposal is ${status}.` })
}

/** Refuses whoever may not answer in a round, or not yet. */
export function mayNotAnswer(round: Round, context: Moment): Refusal | undefined {
  if (context.now < round.opensAt) {
    const facts = { opensAt: round.submitted.opensAt }
    return refuse('ROUND_NOT_OPEN', { facts, message: 'The round has not opened yet.' })
  }
  if (!round.eligible.has(personOf(context))) return refuse('NOT_ELIGIBLE', { message: ANSWER_REFUSALS.NOT_ELIGIBLE })
  return undefined
}

/** Refuses an act on a version that is no longer the one people answer. */
export function isStale(round: Round, version: number): Refusal | undefined {
  if (version === round.version) return undefined
  return refuse('STALE_VERSION', {
    pointer: '/version',
    facts: { current: round.version },
    message: `The proposal is in version ${round.version} now.`,
  })
}

/** The round somebody may answer in, at a version; or why not. */
export function roundToAnswer(
  proposals: ProposalsState,
  { proposalId, version }: { readonly proposalId: string; readonly version: number },
  context: Moment,
): Round | Refusal {
  const round = roundUnderWay(proposals, proposalId, context.now)
  if ('refused' in round) return round
  return mayNotAnswer(round, context) ?? isStale(round, version) ?? round
}

/** An objection that is still open, in a round under way. @returns NOT_FOUND, PROPOSAL_CLOSED or OBJECTION_CLOSED. */
export function openObjection(
  proposals: ProposalsState,
  { proposalId, objectionId }: { readonly proposalId: string; readonly objectionId: string },
  now: number,
): { readonly round: Round; readonly objection: Objection } | Refusal {
  const round = roundUnderWay(proposals, proposalId, now)
  if ('refused' in round) return round
  const objection = round.objections.get(objectionId)
  if (!objection) return refuse('NOT_FOUND', { message: 'There is no such objection to this proposal.' })
  if (!isOpenObjection(objection, now)) {
    const status = objectionStatus(objection, now)
    return refuse('OBJECTION_CLOSED', { facts: { status }, message: OBJECTION_REFUSALS.OBJECTION_CLOSED })
  }
  return { round, objection }
}

/** Refuses whoever did not make the proposal. */
export function notTheProposer(round: Round, context: Moment): Refusal | undefined {
  if (round.submitted.proposerId === personOf(context)) return undefined
  return refuse('NOT_THE_PROPOSER', { message: NOT_THE_PROPOSER })
}
export const NOT_THE_PROPOSER = 'Only whoever made the proposal does this.'

/** Whether somebody is here to answer: a member who is not on leave. */
export function isHere(community: CommunityState, now: number): (personId: string) => boolean {
  return (personId) => community.members.has(personId) && leaveAt(community, personId, now) === undefined
}
