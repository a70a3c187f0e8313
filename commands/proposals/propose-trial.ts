import { z } from 'zod'
import { dateBounds } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { momentForm } from '../../src/kernel/text.ts'
import { aboutVersion } from './addresses.ts'
import { proposalId } from './decision-facts.ts'
import { TrialProposed } from './events.ts'
import { NOT_THE_PROPOSER, notTheProposer, personOf, ROUND_REFUSALS, roundUnderWay } from './rounds.ts'
import { proposalsSlice } from './state.ts'
import { windowOfNewVersion } from './windows.ts'

export const UNTIL_IN_PAST = 'A trial ends later than it could begin.'

export const proposeTrial = defineCommand({
  name: 'ProposeTrial',
  summary:
    'Proposes to try it until a date, on which the agreement ends by itself. It is a new version, answered as an amendment is.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ proposalId: proposalId(), until: momentForm() }),
  reads: { proposals: proposalsSlice },
  http: aboutVersion('trial'),
  refusals: { ...ROUND_REFUSALS, NOT_THE_PROPOSER, UNTIL_IN_PAST },
  decide({ proposals }, { proposalId: id, until }, context) {
    const { now } = context
    const round = roundUnderWay(proposals, id, now)
    if (isRefusal(round)) return round
    const refusal = notTheProposer(round, context)
    if (refusal) return refusal
    const closesAt = windowOfNewVersion(round, now)
    if (dateBounds(until).earliest <= dateBounds(closesAt).earliest) {
      return refuse('UNTIL_IN_PAST', {
        pointer: '/until',
        facts: { until, closesAt },
        message: 'A trial ends after the window of its round, or there would be nothing to try.',
      })
    }
    const version = round.version + 1
    return [TrialProposed.of({ proposalId: id, proposerId: personOf(context), version, until, closesAt })]
  },
  result: firstEventFields('proposalId', 'version', 'until', 'closesAt'),
})
