import { z } from 'zod'
import type { AgreementFact } from '../../commands/agreements/agreement-facts.ts'
import { DECISION_CLASSES } from '../../commands/proposals/decision-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import type { AskContext } from '../../src/kernel/define-question.ts'
import type { FactVersion } from '../../src/kernel/fact-log.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import type { PeopleView } from '../people/view.ts'

/** An agreement in a list. */
export const agreementRow = classed(
  1,
  z.object({
    agreementId: z.string(),
    title: z.string(),
    decisionClass: z.enum(DECISION_CLASSES),
    proposalId: z.string(),
    founding: z.boolean(),
    inForceSince: z.string(),
    endsAt: z.string().nullable().meta({ description: 'When it ends by itself: a trial' }),
    reviewDate: z.string(),
    reviewInDays: z.int().meta({ description: 'Days until it is looked at again; less than none where it is overdue' }),
    carriedBy: z.array(personRef),
  }),
)
export type AgreementRow = z.output<typeof agreementRow>

/** An agreement as it was at the moment asked about. */
export function rowOf(people: PeopleView, { fact }: FactVersion<AgreementFact>, context: AskContext): AgreementRow {
  const { recorded, reviewDate, carriedBy } = fact
  return {
    agreementId: recorded.agreementId,
    title: recorded.title,
    decisionClass: recorded.decisionClass,
    proposalId: recorded.proposalId,
    founding: recorded.founding,
    inForceSince: fact.recordedAt,
    endsAt: recorded.endsAt ?? null,
    reviewDate,
    reviewInDays: Math.floor((dateBounds(reviewDate).earliest - context.asOf) / DAY_MS),
    carriedBy: carriedBy.map((id) => refOf(people, id, context)),
  }
}

/** As a flat row. */
export function agreementCsv({ carriedBy, ...row }: AgreementRow) {
  return { ...row, carriedBy: carriedBy.map(({ name, id }) => name ?? id).join('; ') }
}
