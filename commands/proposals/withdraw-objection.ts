import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { communitySlice } from '../community/state.ts'
import { aboutObjection, whichObjection } from './addresses.ts'
import { ObjectionWithdrawn } from './events.ts'
import { NOT_YOURS_TO_RESOLVE, notYoursToResolve } from './resolving.ts'
import { OBJECTION_REFUSALS, openObjection, personOf } from './rounds.ts'
import { proposalsSlice } from './state.ts'

export const withdrawObjection = defineCommand({
  name: 'WithdrawObjection',
  summary: 'Takes your objection back. No reason is asked.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  wayOut: true,
  schema: z.strictObject(whichObjection),
  reads: { community: communitySlice, proposals: proposalsSlice },
  http: aboutObjection('withdrawal'),
  refusals: { ...OBJECTION_REFUSALS, NOT_YOURS_TO_RESOLVE },
  decide({ community, proposals }, command, context) {
    const found = openObjection(proposals, command, context.now)
    if (isRefusal(found)) return found
    const refusal = notYoursToResolve(found.objection, community, context)
    if (refusal) return refusal
    const { objectorId } = found.objection
    return [ObjectionWithdrawn.of({ ...command, objectorId, personId: personOf(context) })]
  },
  result: firstEventFields('proposalId', 'objectionId'),
})
