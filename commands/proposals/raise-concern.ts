import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { prose } from '../../src/kernel/text.ts'
import { aboutProposal } from './addresses.ts'
import { proposalId } from './decision-facts.ts'
import { ConcernRaised } from './events.ts'
import { personOf, ROUND_REFUSALS, roundUnderWay } from './rounds.ts'
import { proposalsSlice } from './state.ts'

export const raiseConcern = defineCommand({
  name: 'RaiseConcern',
  summary: 'Says what worries you. It never blocks; the agreement is looked at again with it in mind.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ proposalId: proposalId(), text: prose() }),
  reads: { proposals: proposalsSlice },
  http: aboutProposal('concerns'),
  refusals: ROUND_REFUSALS,
  decide({ proposals }, { proposalId: id, text }, context) {
    const round = roundUnderWay(proposals, id, context.now)
    if (isRefusal(round)) return round
    const { version } = round
    const concernId = context.mint('concern')
    return [ConcernRaised.of({ proposalId: id, concernId, personId: personOf(context), version, text })]
  },
  result: firstEventFields('proposalId', 'concernId'),
})
