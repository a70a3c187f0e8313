import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { personOf } from '../proposals/rounds.ts'
import { AgreementReviewed, agreementId } from './events.ts'
import { AGREEMENT_ENDED, inForce } from './in-force.ts'
import { agreementsSlice } from './state.ts'

const SECOND_REQUIRED = 'Two people say that an agreement goes on as it is: the second is another one.'
const NO_REVIEW_PROPOSED = 'Nobody who carries the agreement has said yet that it should go on as it is.'

export const secondAgreementReview = defineCommand({
  name: 'SecondAgreementReview',
  summary: 'Says too that an agreement goes on as it is, after somebody who carries it has said so. Then it is kept.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject({ agreementId: agreementId() }),
  reads: { agreements: agreementsSlice },
  http: {
    method: 'POST',
    path: '/agreements/{agreementId}/reviews/seconds',
    location: '/agreements/{agreementId}',
    target: 'agreement:{agreementId}',
  },
  refusals: { SECOND_REQUIRED, NO_REVIEW_PROPOSED, AGREEMENT_ENDED },
  decide({ agreements }, { agreementId: id }, context) {
    const agreement = inForce(agreements, id, context.now)
    if (isRefusal(agreement)) return agreement
    const { proposedReview } = agreement.fact
    if (!proposedReview) return refuse('NO_REVIEW_PROPOSED', { message: NO_REVIEW_PROPOSED })
    const { by: proposedBy, reviewDate } = proposedReview
    const personId = personOf(context)
    if (personId === proposedBy) return refuse('SECOND_REQUIRED', { message: SECOND_REQUIRED })
    return [AgreementReviewed.of({ agreementId: id, personId, outcome: 'keep', proposedBy, reviewDate })]
  },
  result: firstEventFields('agreementId', 'outcome', 'reviewDate'),
})
