import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { aboutProposal } from './addresses.ts'
import { proposalId } from './decision-facts.ts'
import { StoodAside } from './events.ts'
import { answersAlready, OWN_OBJECTION_OPEN, ownObjectionOpen } from './positions.ts'
import { personOf, roundToAnswer, VERSION_REFUSALS } from './rounds.ts'
import { proposalsSlice } from './state.ts'

export const standAside = defineCommand({
  name: 'StandAside',
  summary: 'Neither consents to a version of a proposal nor objects to it.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject({ proposalId: proposalId(), version: z.int().min(1) }),
  reads: { proposals: proposalsSlice },
  http: aboutProposal('asides'),
  refusals: { ...VERSION_REFUSALS, OWN_OBJECTION_OPEN },
  decide({ proposals }, command, context) {
    const round = roundToAnswer(proposals, command, context)
    if (isRefusal(round)) return round
    const personId = personOf(context)
    if (answersAlready(round, personId, 'aside')) return []
    return ownObjectionOpen(round, personId, context.now) ?? [StoodAside.of({ ...command, personId })]
  },
  result: firstEventFields('proposalId', 'version'),
})
