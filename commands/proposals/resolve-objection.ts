import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { communitySlice } from '../community/state.ts'
import { aboutObjection, whichObjection } from './addresses.ts'
import { ObjectionIntegrated } from './events.ts'
import { NOT_YOURS_TO_RESOLVE, notYoursToResolve } from './resolving.ts'
import { OBJECTION_REFUSALS, openObjection, personOf } from './rounds.ts'
import { proposalsSlice } from './state.ts'

export const resolveObjection = defineCommand({
  name: 'ResolveObjection',
  summary: 'Says that the proposal as it is now meets your objection. Only whoever raised it says so.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject(whichObjection),
  reads: { community: communitySlice, proposals: proposalsSlice },
  http: aboutObjection('resolution'),
  refusals: { ...OBJECTION_REFUSALS, NOT_YOURS_TO_RESOLVE },
  decide({ community, proposals }, command, context) {
    const found = openObjection(proposals, command, context.now)
    if (isRefusal(found)) return found
    const { round, objection } = found
    const refusal = notYoursToResolve(objection, community, context)
    if (refusal) return refusal
    const { objectorId } = objection
    const inVersion = round.version
    return [ObjectionIntegrated.of({ ...command, objectorId, personId: personOf(context), inVersion })]
  },
  result: firstEventFields('proposalId', 'objectionId'),
})
