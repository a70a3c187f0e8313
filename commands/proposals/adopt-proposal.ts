import { z } from 'zod'
import { dateBounds, instantText } from '../../src/kernel/dates.ts'
import { defineCommand } from '../../src/kernel/define-command.ts'
import { isRefusal, type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { lackingOf } from '../../src/measures/decision.ts'
import { carriedOut } from '../agreements/record-agreement.ts'
import { agreementsSlice } from '../agreements/state.ts'
import { communitySlice } from '../community/state.ts'
import { countOf, type RoundCount } from './count-facts.ts'
import { proposalId } from './decision-facts.ts'
import { ProposalAdopted } from './events.ts'
import { lastWindowEnds, openObjections, type Round } from './round-facts.ts'
import { isHere, isStale, personOf, ROUND_REFUSALS, roundUnderWay, VERSION_REFUSALS } from './rounds.ts'
import { proposalsSlice } from './state.ts'

const LACKING = {
  UNRESOLVED_OBJECTIONS: 'An objection is open: nothing is adopted over it.',
  CONSENT_WINDOW_OPEN: 'The window is open: people may still answer.',
  PARTICIPATION_NOT_MET: 'Too few have answered. Silence is no answer.',
  THRESHOLD_NOT_MET: 'Too few of those who took a position consent.',
}
const UNTIL_IN_PAST = 'The trial would have ended before it began.'

export const adoptProposal = defineCommand({
  name: 'AdoptProposal',
  summary:
    'Records that a version of a proposal is adopted, and does what its changes say, all of it or none. Any member may, once nothing is lacking.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ proposalId: proposalId(), version: z.int().min(1) }),
  reads: { community: communitySlice, proposals: proposalsSlice, agreements: agreementsSlice },
  http: {
    method: 'POST',
    path: '/proposals/{proposalId}/adoption',
    location: '/proposals/{proposalId}',
    target: 'proposal:{proposalId}',
  },
  refusals: {
    ...ROUND_REFUSALS,
    STALE_VERSION: VERSION_REFUSALS.STALE_VERSION,
    ...LACKING,
    UNTIL_IN_PAST,
    CHANGE_REFUSED: 'One of its changes cannot be done, so nothing was: the problem names it, and why.',
  },
  decide({ community, proposals, agreements }, { proposalId: id, version }, context) {
    const { now } = context
    const round = roundUnderWay(proposals, id, now)
    if (isRefusal(round)) return round
    const counted = countOf(round, now, isHere(community, now))
    const refusal = isStale(round, version) ?? notAdoptable(round, counted, now)
    if (refusal) return refusal
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

/** Why a round cannot be adopted at a moment; undefined where it lacks nothing. */
function notAdoptable(round: Round, { count }: RoundCount, now: number): Refusal | undefined {
  const { rule } = round.submitted.snapshot
  const secondEnds = lastWindowEnds(round)
  const lacking = lackingOf(rule, count, now >= secondEnds)
  const says = (what: string) => lacking.find((each) => each.what === what)
  if (says('objections-met')) {
    const facts = { open: openObjections(round, now).length }
    return refuse('UNRESOLVED_OBJECTIONS', { facts, message: LACKING.UNRESOLVED_OBJECTIONS })
  }
  if (now < round.closesAt) {
    const facts = { until: instantText(round.closesAt) }
    return refuse('CONSENT_WINDOW_OPEN', { facts, message: LACKING.CONSENT_WINDOW_OPEN })
  }
  const answers = says('answers')
  if (answers) {
    const { what: _, ...numbers } = answers
    const second = now < secondEnds ? { secondWindowUntil: instantText(secondEnds) } : {}
    return refuse('PARTICIPATION_NOT_MET', { facts: { ...numbers, ...second }, message: LACKING.PARTICIPATION_NOT_MET })
  }
  const consents = says('consents')
  if (consents) {
    const { what: _, ...facts } = consents
    return refuse('THRESHOLD_NOT_MET', { facts, message: LACKING.THRESHOLD_NOT_MET })
  }
  if (round.trialUntil !== undefined && dateBounds(round.trialUntil).earliest <= now)
    return refuse('UNTIL_IN_PAST', { facts: { until: round.trialUntil }, message: UNTIL_IN_PAST })
  return undefined
}
