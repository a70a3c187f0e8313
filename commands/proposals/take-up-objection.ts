import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { aboutObjection, whichObjection } from './addresses.ts'
import { ObjectionTakenUp } from './events.ts'
import { OBJECTION_REFUSALS, openObjection, personOf } from './rounds.ts'
import { proposalsSlice } from './state.ts'
import { conflicted, TESTER_CONFLICTED } from './testing.ts'

export const takeUpObjection = defineCommand({
  name: 'TakeUpObjection',
  summary: 'Says that an argument is an objection to work on, whoever raised it. From then on it is not set aside.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject(whichObjection),
  reads: { proposals: proposalsSlice },
  http: aboutObjection('take-up'),
  refusals: { ...OBJECTION_REFUSALS, TESTER_CONFLICTED },
  decide({ proposals }, command, context) {
    const found = openObjection(proposals, command, context.now)
    if (isRefusal(found)) return found
    const { round, objection } = found
    const refusal = conflicted(round, objection, context)
    if (refusal) return refusal
    const personId = personOf(context)
    if (objection.standsWith.has(personId)) return []
    return [ObjectionTakenUp.of({ ...command, objectorId: objection.objectorId, personId })]
  },
  result: firstEventFields('proposalId', 'objectionId'),
})
