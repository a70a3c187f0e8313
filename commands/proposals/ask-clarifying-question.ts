import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { prose } from '../../src/kernel/text.ts'
import { aboutProposal } from './addresses.ts'
import { proposalId } from './decision-facts.ts'
import { QuestionAsked } from './events.ts'
import { personOf, ROUND_REFUSALS, roundUnderWay } from './rounds.ts'
import { proposalsSlice } from './state.ts'

export const askClarifyingQuestion = defineCommand({
  name: 'AskClarifyingQuestion',
  summary: 'Asks what a proposal means. It is no objection and no opinion.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ proposalId: proposalId(), text: prose() }),
  reads: { proposals: proposalsSlice },
  http: aboutProposal('questions'),
  refusals: ROUND_REFUSALS,
  decide({ proposals }, { proposalId: id, text }, context) {
    const round = roundUnderWay(proposals, id, context.now)
    if (isRefusal(round)) return round
    const questionId = context.mint('question')
    return [QuestionAsked.of({ proposalId: id, questionId, personId: personOf(context), text })]
  },
  result: firstEventFields('proposalId', 'questionId'),
})
