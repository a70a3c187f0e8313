import type { DecideContext } from '../../src/kernel/define-command.ts'
import { isRefusal, type Refusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { RESPOND_BY_IN_PAST, respondByOf } from '../asks/ask.ts'
import type { CommunityState } from '../community/state.ts'
import { isOpenObjection, type Objection } from './objection-facts.ts'
import { type Round, roundStatus } from './round-facts.ts'
import { OBJECTION_REFUSALS, personOf } from './rounds.ts'
import type { ProposalsState } from './state.ts'

const PROPOSER_CANNOT_SUPPORT = 'Whoever made the proposal is not company for whoever objects to it.'
const SELF_COMPANY = 'Nobody is their own company.'
export const COMPANY_REFUSALS = { ...OBJECTION_REFUSALS, PROPOSER_CANNOT_SUPPORT, SELF_COMPANY, RESPOND_BY_IN_PAST }

/** An open objection by its id alone, in a round under way. @returns UNKNOWN_REFERENCE, PROPOSAL_CLOSED or OBJECTION_CLOSED. */
export function objectionNamed(
  { rounds }: ProposalsState,
  objectionId: string,
  now: number,
): { readonly round: Round; readonly objection: Objection } | Refusal {
  for (const round of rounds.values()) {
    const objection = round.objections.get(objectionId)
    if (!objection) continue
    const status = roundStatus(round, now)
    if (status !== 'open') {
      return refuse('PROPOSAL_CLOSED', { facts: { status }, message: `The proposal is ${status}.` })
    }
    if (isOpenObjection(objection, now)) return { round, objection }
    return refuse('OBJECTION_CLOSED', { message: OBJECTION_REFUSALS.OBJECTION_CLOSED })
  }
  return unknownReference('/objectionId', objectionId, 'objection')
}

/** What an ask for company says, in whichever direction it is asked. */
export function companyAsk(
  community: CommunityState,
  { round, objection }: { readonly round: Round; readonly objection: Objection },
  {
    supporterId,
    askedOf,
    respondBy,
  }: { readonly supporterId: string; readonly askedOf: string; readonly respondBy?: string | undefined },
  context: Pick<DecideContext, 'now' | 'mint' | 'actor'>,
) {
  const { objectionId, objectorId } = objection
  if (supporterId === objectorId) return refuse('SELF_COMPANY', { message: SELF_COMPANY })
  if (supporterId === round.submitted.proposerId)
    return refuse('PROPOSER_CANNOT_SUPPORT', { message: PROPOSER_CANNOT_SUPPORT })
  const until = respondByOf(respondBy, context.now, community.policy.values.respondByDays)
  if (isRefusal(until)) return until
  const { proposalId } = round.submitted
  return {
    askId: context.mint('ask'),
    what: 'company' as const,
    about: objectionId,
    askedBy: personOf(context),
    askedOf,
    respondBy: until,
    proposalId,
    objectionId,
  }
}
