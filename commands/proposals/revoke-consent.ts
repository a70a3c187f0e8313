import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { aboutProposal } from './addresses.ts'
import { proposalId } from './decision-facts.ts'
import { ProposalConsentRevoked } from './events.ts'
import { ANSWER_REFUSALS, mayNotAnswer, personOf, roundUnderWay } from './rounds.ts'
import { proposalsSlice } from './state.ts'

export const revokeConsent = defineCommand({
  name: 'RevokeConsent',
  summary: 'Takes back your consent, or your standing aside, as long as nothing is decided. No reason is asked.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  wayOut: true,
  schema: z.strictObject({ proposalId: proposalId() }),
  reads: { proposals: proposalsSlice },
  http: aboutProposal('revocations'),
  refusals: ANSWER_REFUSALS,
  decide({ proposals }, { proposalId: id }, context) {
    const round = roundUnderWay(proposals, id, context.now)
    if (isRefusal(round)) return round
    const refusal = mayNotAnswer(round, context)
    if (refusal) return refusal
    const personId = personOf(context)
    return round.positions.has(personId) ? [ProposalConsentRevoked.of({ proposalId: id, personId })] : []
  },
  result: firstEventFields('proposalId'),
})
