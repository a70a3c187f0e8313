import { z } from 'zod'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { type DecideContext, defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import type { NewEvent } from '../../src/kernel/define-event.ts'
import { isRefusal, type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { communitySlice } from '../community/state.ts'
import { type DecisionClass, proposalId } from '../proposals/decision-facts.ts'
import { personOf } from '../proposals/rounds.ts'
import { momentText } from '../roles/holding-facts.ts'
import type { AgreementFact } from './agreement-facts.ts'
import { AgreementRetired, AgreementReviewed, AgreementReviewProposed, agreementId, REVIEW_OUTCOMES } from './events.ts'
import { AGREEMENT_ENDED, inForce, NOT_RESPONSIBLE } from './in-force.ts'
import { type AgreementsState, agreementAt, agreementsSlice } from './state.ts'

const REVIEW_NEEDS_PROPOSAL =
  'An agreement is replaced or retired by another adopted proposal, of a class as strong as its own.'

/** From the lightest decision to the strongest; what ends a term together stands apart, and decides nothing else. */
const STRENGTH: readonly DecisionClass[] = ['standard', 'significant', 'constitutional']

export const reviewAgreement = defineCommand({
  name: 'ReviewAgreement',
  summary:
    'Says what becomes of an agreement as it is looked at again: keep it (whoever carries it, with a second), or, by an adopted proposal, put that in its place or retire it.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject({
    agreementId: agreementId(),
    outcome: z.enum(REVIEW_OUTCOMES),
    nextReviewAfterDays: z.int().min(1).max(730).nullable().optional().meta({
      description: 'Kept: days until it is looked at again; as the community has it unless given, never none',
    }),
    proposalId: proposalId().optional().meta({ description: 'Amended or retired: the adopted proposal that says so' }),
  }),
  reads: { community: communitySlice, agreements: agreementsSlice },
  http: {
    method: 'POST',
    path: '/agreements/{agreementId}/reviews',
    location: '/agreements/{agreementId}',
    target: 'agreement:{agreementId}',
  },
  refusals: {
    NOT_RESPONSIBLE,
    REVIEW_DATE_REQUIRED: 'Every agreement is looked at again: it may say when, but not never.',
    REVIEW_NEEDS_PROPOSAL,
    AGREEMENT_ENDED,
  },
  decide({ community, agreements }, command, context) {
    const { agreementId: id, outcome, nextReviewAfterDays } = command
    const agreement = inForce(agreements, id, context.now)
    if (isRefusal(agreement)) return agreement
    if (outcome !== 'keep') return decided(agreements, agreement.fact, { ...command, outcome }, context)
    const personId = personOf(context)
    if (!agreement.fact.carriedBy.includes(personId)) return refuse('NOT_RESPONSIBLE', { message: NOT_RESPONSIBLE })
    if (nextReviewAfterDays === null) {
      const message = 'Say when it is looked at again, or leave it to the community.'
      return refuse('REVIEW_DATE_REQUIRED', { pointer: '/nextReviewAfterDays', message })
    }
    const days = nextReviewAfterDays ?? community.policy.values.agreementReviewDays
    const reviewDate = momentText(context.now + days * DAY_MS)
    return [AgreementReviewProposed.of({ agreementId: id, personId, reviewDate })]
  },
  result: firstEventFields('agreementId', 'outcome', 'reviewDate'),
})

function decided(
  agreements: AgreementsState,
  { recorded }: AgreementFact,
  { outcome, proposalId: by }: { readonly outcome: 'amend' | 'retire'; readonly proposalId?: string | undefined },
  context: DecideContext,
): readonly NewEvent[] | Refusal {
  const laterId = by === undefined || by === recorded.proposalId ? undefined : agreements.byProposal.get(by)
  const later = laterId === undefined ? undefined : agreementAt(agreements, laterId, context.now)?.fact.recorded
  if (!later || STRENGTH.indexOf(later.decisionClass) < STRENGTH.indexOf(recorded.decisionClass)) {
    return refuse('REVIEW_NEEDS_PROPOSAL', {
      pointer: '/proposalId',
      facts: { decisionClass: recorded.decisionClass, ...(later ? { cited: later.decisionClass } : {}) },
      message: REVIEW_NEEDS_PROPOSAL,
    })
  }
  const { agreementId: id } = recorded
  const said = { agreementId: id, personId: personOf(context), proposalId: later.proposalId }
  if (outcome === 'amend') return [AgreementReviewed.of({ ...said, outcome, replacedBy: later.agreementId })]
  return [AgreementReviewed.of({ ...said, outcome }), AgreementRetired.of(said)]
}
