import { z } from 'zod'
import { defineCommand } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { carriedOut } from '../agreements/record-agreement.ts'
import { agreementsSlice } from '../agreements/state.ts'
import { communitySlice } from '../community/state.ts'
import { aboutVersion } from './addresses.ts'
import { countOf, lacksOf } from './count-facts.ts'
import { proposalId } from './decision-facts.ts'
import { ProposalAdopted } from './events.ts'
import { isHere, isStale, personOf, ROUND_REFUSALS, roundUnderWay, VERSION_REFUSALS } from './rounds.ts'
import { proposalsSlice } from './state.ts'

const LACKING = {
  UNRESOLVED_OBJECTIONS: 'An objection is open: nothing is adopted over it.',
  CONSENT_WINDOW_OPEN: 'The window is open: people may still answer.',
  PARTICIPATION_NOT_MET: 'Too few have answered. Silence is no answer.',
  THRESHOLD_NOT_MET: 'Too few of those who took a position consent.',
  UNTIL_IN_PAST: 'The trial would have ended before it began.',
}

export const adoptProposal = defineCommand({
  name: 'AdoptProposal',
  summary:
    'Records that a version of a proposal is adopted, and does what its changes say, all of it or none. Any member may, once nothing is lacking.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ proposalId: proposalId(), version: z.int().min(1) }),
  reads: { community: communitySlice, proposals: proposalsSlice, agreements: agreementsSlice },
  http: aboutVersion('adoption'),
  refusals: {
    ...ROUND_REFUSALS,
    STALE_VERSION: VERSION_REFUSALS.STALE_VERSION,
    ...LACKING,
    CHANGE_REFUSED: 'One of its changes cannot be done, so nothing was: the problem names it, and why.',
  },
  decide({ community, proposals, agreements }, { proposalId: id, version }, context) {
    const { now } = context
    const round = roundUnderWay(proposals, id, now)
    if (isRefusal(round)) return round
    const counted = countOf(round, now, isHere(community, now))
    const stale = isStale(round, version)
    if (stale) return stale
    const [lack] = lacksOf(round, counted, now)
    if (lack) return refuse(lack.code, { facts: lack.facts, message: LACKING[lack.code] })
    const { proposerId, decisionClass } = round.submitted
    const adopted = ProposalAdopted.of({
      proposalId: id,
      proposerId,
      personId: personOf(context),
      version,
      decisionClass,
      tally: counted.tally,
      policyVersion: community.policy.version,
    })
    const { text, concernIds, trialUntil: endsAt } = round
    const done = carriedOut(
      { ...round.submitted, version, text, concernIds, endsAt },
      { community, agreements },
      context,
    )
    return isRefusal(done) ? done : [adopted, ...done]
  },
  result: (events) => {
    const [adopted, agreement] = events.map(({ data }) => data as Record<string, unknown>)
    return { proposalId: adopted?.proposalId, version: adopted?.version, agreementId: agreement?.agreementId }
  },
})
