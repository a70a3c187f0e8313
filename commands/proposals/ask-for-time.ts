import { z } from 'zod'
import { instantText } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { aboutProposal } from './addresses.ts'
import { proposalId } from './decision-facts.ts'
import { TimeAskedFor } from './events.ts'
import { ANSWER_REFUSALS, mayNotAnswer, personOf, roundUnderWay } from './rounds.ts'
import { proposalsSlice } from './state.ts'
import { HOUR_MS } from './windows.ts'

export const askForTime = defineCommand({
  name: 'AskForTime',
  summary:
    'Asks for time to think, once for each version: the window is longer for everybody, and no objection is set aside meanwhile.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ proposalId: proposalId() }),
  reads: { proposals: proposalsSlice },
  http: aboutProposal('time'),
  refusals: { ...ANSWER_REFUSALS, TIME_ALREADY_GIVEN: 'Somebody has asked for time in this version already.' },
  decide({ proposals }, { proposalId: id }, context) {
    const { now } = context
    const round = roundUnderWay(proposals, id, now)
    if (isRefusal(round)) return round
    const refusal = mayNotAnswer(round, context)
    if (refusal) return refusal
    if (round.timeUntil !== undefined) {
      return refuse('TIME_ALREADY_GIVEN', {
        facts: { until: instantText(round.timeUntil), closesAt: instantText(round.closesAt) },
        message: 'Somebody has asked for time in this version already.',
      })
    }
    const extension = round.submitted.snapshot.extendsHours * HOUR_MS
    return [
      TimeAskedFor.of({
        proposalId: id,
        personId: personOf(context),
        version: round.version,
        until: instantText(now + extension),
        closesAt: instantText(Math.max(round.closesAt, now) + extension),
      }),
    ]
  },
  result: firstEventFields('proposalId', 'until', 'closesAt'),
})
