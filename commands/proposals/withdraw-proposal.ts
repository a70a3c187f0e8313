import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { aboutProposal } from './addresses.ts'
import { proposalId } from './decision-facts.ts'
import { ProposalWithdrawn } from './events.ts'
import { NOT_THE_PROPOSER, notTheProposer, personOf, ROUND_REFUSALS, roundUnderWay } from './rounds.ts'
import { proposalsSlice } from './state.ts'

export const withdrawProposal = defineCommand({
  name: 'WithdrawProposal',
  summary: 'Takes back a proposal of yours that is not decided.',
  book: 'open',
  who: 'member',
  wayOut: true,
  schema: z.strictObject({ proposalId: proposalId() }),
  reads: { proposals: proposalsSlice },
  http: aboutProposal('withdrawal'),
  refusals: { ...ROUND_REFUSALS, NOT_THE_PROPOSER },
  decide({ proposals }, { proposalId: id }, context) {
    const round = roundUnderWay(proposals, id, context.now)
    if (isRefusal(round)) return round
    return notTheProposer(round, context) ?? [ProposalWithdrawn.of({ proposalId: id, proposerId: personOf(context) })]
  },
  result: firstEventFields('proposalId'),
})
