import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { personOf } from '../invitations/standing.ts'
import { AccountabilityEnded } from './events.ts'
import { accountabilitySlice } from './state.ts'

const NOT_YOURS_TO_END = 'One of the two ends it.'
const ACCOUNTABILITY_ENDED = 'It has ended already.'

export const endAccountability = defineCommand({
  name: 'EndAccountability',
  summary:
    'Ends that somebody answers to another, from either side. No reason is needed; where somebody lacks a partner by it, the gap is seen.',
  book: 'open',
  who: 'member',
  wayOut: true,
  schema: z.strictObject({ accountabilityId: idOf('accountability') }),
  reads: { accountability: accountabilitySlice },
  http: { method: 'POST', path: '/accountability/{accountabilityId}/end', location: '/accountability' },
  refusals: { NOT_YOURS_TO_END, ACCOUNTABILITY_ENDED },
  decide({ accountability }, { accountabilityId }, { actor }) {
    const tie = accountability.ties.get(accountabilityId)
    if (!tie) return refuse('NOT_FOUND', { message: 'There is no such tie.' })
    const { personId, partnerId, scope } = tie
    if (![personId, partnerId].includes(personOf(actor)))
      return refuse('NOT_YOURS_TO_END', { message: NOT_YOURS_TO_END })
    if (tie.to !== Number.POSITIVE_INFINITY) return refuse('ACCOUNTABILITY_ENDED', { message: ACCOUNTABILITY_ENDED })
    return [AccountabilityEnded.of({ accountabilityId, personId, partnerId, scope, reason: 'ended' })]
  },
  result: firstEventFields('accountabilityId'),
})
