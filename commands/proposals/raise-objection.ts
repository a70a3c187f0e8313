import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { prose } from '../../src/kernel/text.ts'
import { aboutProposal } from './addresses.ts'
import { GROUNDS, proposalId } from './decision-facts.ts'
import { ObjectionRaised } from './events.ts'
import { personOf, roundToAnswer, VERSION_REFUSALS } from './rounds.ts'
import { proposalsSlice } from './state.ts'

export const raiseObjection = defineCommand({
  name: 'RaiseObjection',
  summary:
    'Gives an argument why going ahead would do harm that can be avoided, or miss a worthwhile improvement. Nothing is adopted over it.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject({
    proposalId: proposalId(),
    version: z.int().min(1),
    argument: prose().optional().meta({ description: '"I can\'t say yet why" is an argument' }),
    ground: z.enum(GROUNDS).optional(),
    suggestion: prose().optional().meta({ description: 'What would meet it' }),
  }),
  reads: { proposals: proposalsSlice },
  http: aboutProposal('objections'),
  refusals: {
    ...VERSION_REFUSALS,
    ARGUMENT_REQUIRED: 'An objection gives an argument. "I can\'t say yet why" is one.',
  },
  decide({ proposals }, { argument, ...command }, context) {
    const round = roundToAnswer(proposals, command, context)
    if (isRefusal(round)) return round
    if (argument === undefined) {
      const message = 'Give an argument. "I can\'t say yet why" is one.'
      return refuse('ARGUMENT_REQUIRED', { pointer: '/argument', message })
    }
    const objectionId = context.mint('objection')
    return [ObjectionRaised.of({ ...command, objectionId, personId: personOf(context), argument })]
  },
  result: firstEventFields('proposalId', 'objectionId', 'version'),
})
