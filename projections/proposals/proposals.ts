import { z } from 'zod'
import { DECISION_CLASSES } from '../../commands/proposals/decision-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { inOrder } from '../roster/in-order.ts'
import { roundAt } from './projection.ts'
import { ROUND_STATUSES, roundAnswer, roundAnswerOf, roundReads } from './round-answers.ts'

export const proposalsQuestion = defineQuestion({
  name: 'proposals',
  summary:
    'The proposal board: what is open first, what closes first before it; then what was decided, the newest first.',
  reads: roundReads,
  params: z.strictObject({
    status: z.enum(ROUND_STATUSES).optional(),
    decisionClass: z.enum(DECISION_CLASSES).optional(),
  }),
  answer: classed(1, z.object({ proposals: z.array(roundAnswer), count: z.int() })),
  timed: true,
  public: false,
  http: { path: '/proposals' },
  cli: { verb: 'proposals', aliases: { on: 'asOf' } },
  rows: ({ proposals }) =>
    proposals.map(({ proposer, lacks, ...round }) => ({
      ...round,
      proposer: proposer.name ?? '(erased)',
      lacks: lacks.map(({ code }) => code).join('; '),
    })),
  ask(views, { status, decisionClass }, context) {
    const found = [...views.proposals.steps.keys()].flatMap((id) => {
      const round = roundAt(views.proposals, id, context)
      if (!round || (decisionClass !== undefined && round.submitted.decisionClass !== decisionClass)) return []
      const answer = roundAnswerOf(views, round, context)
      return status === undefined || answer.status === status ? [answer] : []
    })
    const sorted = inOrder(found, ({ status: how, closesAt, submittedAt, proposalId }) => {
      const waits = how === 'open' || how === 'to-open'
      return [waits ? 0 : 1, waits ? Date.parse(closesAt) : -Date.parse(submittedAt), proposalId]
    })
    return { proposals: sorted, count: sorted.length }
  },
})
