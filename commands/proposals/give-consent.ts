import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { aboutProposal } from './addresses.ts'
import { proposalId } from './decision-facts.ts'
import { ConsentGiven } from './events.ts'
import { answersAlready, OWN_OBJECTION_OPEN, ownObjectionOpen } from './positions.ts'
import { personOf, roundToAnswer, VERSION_REFUSALS } from './rounds.ts'
import { proposalsSlice } from './state.ts'

export const giveConsent = defineCommand({
  name: 'GiveConsent',
  summary: 'Consents to a version of a proposal: good enough for now and safe enough to try.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject({ proposalId: proposalId(), version: z.int().min(1) }),
  reads: { proposals: proposalsSlice },
  http: aboutProposal('consents'),
  refusals: { ...VERSION_REFUSALS, OWN_OBJECTION_OPEN },
  decide({ proposals }, command, context) {
    const round = roundToAnswer(proposals, command, context)
    if (isRefusal(round)) return round
    const personId = personOf(context)
    if (answersAlready(round, personId, 'consent')) return []
    return ownObjectionOpen(round, personId, context.now) ?? [ConsentGiven.of({ ...command, personId })]
  },
  result: firstEventFields('proposalId', 'version'),
})
