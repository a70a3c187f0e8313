import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { aboutObjection, whichObjection } from './addresses.ts'
import { ObjectionReinstated } from './events.ts'
import { personOf, ROUND_REFUSALS, roundUnderWay } from './rounds.ts'
import { proposalsSlice } from './state.ts'

export const seeItToo = defineCommand({
  name: 'SeeItToo',
  summary:
    'Says that you see an objection too that was set aside, until the proposal is adopted: it stands then, for good.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject(whichObjection),
  reads: { proposals: proposalsSlice },
  http: aboutObjection('sees-it-too'),
  refusals: {
    ...ROUND_REFUSALS,
    OBJECTION_NOT_SET_ASIDE: 'The objection is not set aside.',
    TESTER_CONFLICTED: 'Whoever raised it sees it already; it takes one other person.',
  },
  decide({ proposals }, command, context) {
    const round = roundUnderWay(proposals, command.proposalId, context.now)
    if (isRefusal(round)) return round
    const objection = round.objections.get(command.objectionId)
    if (!objection) return refuse('NOT_FOUND', { message: 'There is no such objection to this proposal.' })
    const { objectorId, ended, settingAside } = objection
    if (ended || settingAside?.takesEffectAt === undefined)
      return refuse('OBJECTION_NOT_SET_ASIDE', { message: 'The objection is not set aside.' })
    const personId = personOf(context)
    if (personId === objectorId)
      return refuse('TESTER_CONFLICTED', { message: 'Whoever raised it sees it already; it takes one other person.' })
    return [ObjectionReinstated.of({ ...command, objectorId, personId })]
  },
  result: firstEventFields('proposalId', 'objectionId'),
})
