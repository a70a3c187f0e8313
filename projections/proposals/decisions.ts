import { z } from 'zod'
import { DECISION_CLASSES, tallySchema } from '../../commands/proposals/decision-facts.ts'
import type { ProposalAdopted } from '../../commands/proposals/events.ts'
import { lapsesAt, type Round, roundStatus } from '../../commands/proposals/round-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { instantText } from '../../src/kernel/dates.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { inOrder } from '../roster/in-order.ts'
import { roundAt, stepsAt } from './projection.ts'
import { type RoundViews, roundReads } from './round-answers.ts'

const OUTCOMES = ['adopted', 'withdrawn', 'lapsed'] as const

const decision = z.object({
  proposalId: z.string(),
  title: z.string(),
  decisionClass: z.enum(DECISION_CLASSES),
  proposer: personRef,
  outcome: z.enum(OUTCOMES),
  at: z.string(),
  version: z.int().meta({ description: 'The version that was decided, or the last one' }),
  objectionsIntegrated: z.int(),
  trialUntil: z.string().nullable(),
  changes: z.array(z.string()).meta({ description: 'The commands that adopting gave' }),
  agreementId: z.string().nullable(),
  tally: tallySchema.nullable(),
})
type DecisionAnswer = z.output<typeof decision>

export const decisionsQuestion = defineQuestion({
  name: 'decisions',
  summary:
    'The decision log: what was adopted, withdrawn, or lapsed, how it was counted and what came of it, the newest first.',
  reads: roundReads,
  params: z.strictObject({ outcome: z.enum(OUTCOMES).optional() }),
  answer: classed(1, z.object({ decisions: z.array(decision), count: z.int() })),
  timed: true,
  public: false,
  http: { path: '/decisions' },
  cli: { verb: 'decisions', aliases: { on: 'asOf' } },
  rows: ({ decisions }) =>
    decisions.map(({ proposer, tally, changes, ...each }) => ({
      ...each,
      proposer: proposer.name ?? '(erased)',
      changes: changes.join('; '),
      consents: tally?.consents ?? null,
      stated: tally?.stated ?? null,
      asides: tally?.asides ?? null,
      silent: tally?.silent ?? null,
    })),
  ask(views, { outcome }, context) {
    const found = [...views.proposals.steps.keys()].flatMap((id) => {
      const round = roundAt(views.proposals, id, context)
      const answer = round && decisionOf(views, round, context)
      return answer && (outcome === undefined || answer.outcome === outcome) ? [answer] : []
    })
    const sorted = inOrder(found, ({ at, proposalId }) => [-Date.parse(at), proposalId])
    return { decisions: sorted, count: sorted.length }
  },
})

function decisionOf({ people, proposals }: RoundViews, round: Round, context: AskContext): DecisionAnswer | undefined {
  const { submitted } = round
  const { proposalId } = submitted
  const status = roundStatus(round, context.asOf)
  if (status === 'open' || status === 'to-open') return undefined
  const step = stepsAt(proposals, proposalId, context).find(({ type }) => type === 'ProposalAdopted')
  const adopted = step?.data as Stored<(typeof ProposalAdopted)['fields']> | undefined
  return {
    proposalId,
    title: submitted.title,
    decisionClass: submitted.decisionClass,
    proposer: refOf(people, submitted.proposerId, context),
    outcome: status,
    at: instantText(round.decided?.at ?? lapsesAt(round)),
    version: round.version,
    objectionsIntegrated: [...round.objections.values()].filter(({ ended }) => ended?.how === 'integrated').length,
    trialUntil: round.trialUntil ?? null,
    changes: adopted ? (submitted.changes ?? []).map(({ command }) => command) : [],
    agreementId: adopted ? (proposals.agreements.get(proposalId)?.agreementId ?? null) : null,
    tally: adopted?.tally ?? null,
  }
}
