import { defineEvent, plain } from '../../src/kernel/define-event.ts'
import { defineNotices } from '../../src/kernel/define-notices.ts'
import { momentForm } from '../../src/kernel/text.ts'
import { agreementId } from './events.ts'
import { agreementsSlice, dueForReview } from './state.ts'

export const AgreementReviewDueNoticed = defineEvent({
  type: 'AgreementReviewDueNoticed',
  version: 1,
  book: 'open',
  summary: 'A notice: the day has come on which an agreement is looked at again. It is in force meanwhile.',
  fields: { agreementId: plain(1, agreementId()), reviewDate: plain(1, momentForm()) },
  touches: (data) => [`agreement:${data.agreementId}`, 'agreements'],
  effectiveAt: (data) => data.reviewDate,
})

/** Days of review of what is in force, or will be until then; a trial that ends before is not looked at again. */
export const reviewNotices = defineNotices({
  name: 'agreement-reviews',
  book: 'open',
  reads: { agreements: agreementsSlice },
  due({ agreements }) {
    return dueForReview(agreements).map(({ fact: { recorded, reviewDate }, dueAt }) => ({
      about: recorded.agreementId,
      dueAt,
      event: AgreementReviewDueNoticed.of({ agreementId: recorded.agreementId, reviewDate }),
    }))
  },
})
