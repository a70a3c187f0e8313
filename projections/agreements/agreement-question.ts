import { z } from 'zod'
import type { AgreementFact } from '../../commands/agreements/agreement-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import type { FactVersion } from '../../src/kernel/fact-log.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import { type ProposalsView, proposalsProjection, sealedIn, stepsAt } from '../proposals/projection.ts'
import { agreementRow, rowOf } from './agreement-answers.ts'
import { agreementFacts, agreementsProjection, agreementThen } from './projection.ts'

const spell = z.object({
  from: z.string(),
  to: z.string().nullable(),
  reviewDate: z.string(),
  carriedBy: z.array(personRef),
})

export const agreementQuestion = defineQuestion({
  name: 'agreement',
  summary:
    'One agreement: its words, what to look at when it is reviewed, who carries it and carried it, and what became of it.',
  reads: { agreements: agreementsProjection, people: peopleProjection, proposals: proposalsProjection },
  params: z.strictObject({ agreement: z.string().max(200).meta({ description: 'The id of an agreement' }) }),
  answer: classed(
    1,
    z.object({
      agreement: agreementRow,
      inForce: z.boolean(),
      text: z.string(),
      evaluationCriteria: z.array(z.string()),
      concerns: z
        .array(z.object({ concernId: z.string(), text: z.string().nullable() }))
        .meta({ description: 'What people worried about; a text is gone where its author was erased' }),
      confirms: z
        .array(z.object({ version: z.int(), rules: z.array(z.string()) }))
        .meta({ description: 'A founding agreement: the rules set before it' }),
      keptAt: z.array(z.string()).meta({ description: 'When it was kept as it is' }),
      waitsForSecond: z
        .object({ by: personRef, reviewDate: z.string() })
        .nullable()
        .meta({ description: 'That it goes on as it is, said by one person so far' }),
      replacedBy: z.string().nullable(),
      history: z.array(spell),
    }),
  ),
  timed: true,
  resource: ({ agreement }) => `agreement:${agreement.agreementId}`,
  public: false,
  http: { path: '/agreements/{agreement}' },
  ask({ agreements, people, proposals }, { agreement: id }, context) {
    const facts = agreementFacts(agreements, id, context.revision).filter(({ from }) => from.earliest <= context.asOf)
    const last = facts.at(-1)
    if (!last) return undefined
    const { recorded, proposedReview, keptAt } = last.fact
    const inForce = agreementThen(agreements, id, context) !== undefined
    const replaced = inForce ? undefined : agreements.replacedBy.get(id)
    return {
      agreement: rowOf(people, last, context),
      inForce,
      text: recorded.text,
      evaluationCriteria: recorded.evaluationCriteria,
      concerns: concernsOf(proposals, recorded.proposalId, recorded.concernIds, context),
      confirms: recorded.confirms,
      keptAt: [...keptAt],
      waitsForSecond: proposedReview
        ? { by: refOf(people, proposedReview.by, context), reviewDate: proposedReview.reviewDate }
        : null,
      replacedBy: replaced && replaced.revision <= context.revision ? replaced.id : null,
      history: facts.map((version) => spellOf(version, (personId) => refOf(people, personId, context), context)),
    }
  },
})

function spellOf(
  { from, to, fact }: FactVersion<AgreementFact>,
  named: (personId: string) => z.output<typeof personRef>,
  { asOf }: AskContext,
): z.output<typeof spell> {
  return {
    from: from.text,
    to: to.earliest <= asOf || fact.recorded.endsAt !== undefined ? to.text || null : null,
    reviewDate: fact.reviewDate,
    carriedBy: fact.carriedBy.map(named),
  }
}

function concernsOf(proposals: ProposalsView, proposalId: string, ids: readonly string[], context: AskContext) {
  const raised = stepsAt(proposals, proposalId, context).filter(({ type }) => type === 'ConcernRaised')
  return ids.map((concernId) => {
    const step = raised.find(({ data }) => (data as { concernId: string }).concernId === concernId)
    const sealed = step && sealedIn(step, 'text')
    return { concernId, text: (sealed && context.open(sealed)) ?? null }
  })
}
