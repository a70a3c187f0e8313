import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf, prose } from '../../src/kernel/text.ts'
import { aboutProposal } from './addresses.ts'
import { proposalId } from './decision-facts.ts'
import { QuestionAnswered } from './events.ts'
import { NOT_THE_PROPOSER, notTheProposer, personOf, ROUND_REFUSALS, roundUnderWay } from './rounds.ts'
import { proposalsSlice } from './state.ts'

export const answerQuestion = defineCommand({
  name: 'AnswerQuestion',
  summary: 'Answers what somebody asked about your proposal.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ proposalId: proposalId(), questionId: idOf('question'), text: prose() }),
  reads: { proposals: proposalsSlice },
  http: aboutProposal('questions/{questionId}/answers'),
  refusals: { ...ROUND_REFUSALS, NOT_THE_PROPOSER },
  decide({ proposals }, { proposalId: id, questionId, text }, context) {
    const round = roundUnderWay(proposals, id, context.now)
    if (isRefusal(round)) return round
    if (!round.questionIds.has(questionId)) return refuse('NOT_FOUND', { message: 'Nobody asked that.' })
    const refusal = notTheProposer(round, context)
    return refusal ?? [QuestionAnswered.of({ proposalId: id, questionId, personId: personOf(context), text })]
  },
  result: firstEventFields('proposalId', 'questionId'),
})
