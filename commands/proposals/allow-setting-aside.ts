import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { aboutObjection, whichObjection } from './addresses.ts'
import { SettingAsideAllowed } from './events.ts'
import { OBJECTION_REFUSALS, openObjection, personOf } from './rounds.ts'
import { proposalsSlice } from './state.ts'

const NOT_YOURS_TO_ALLOW = 'Only whoever raised the objection says so.'

export const allowSettingAside = defineCommand({
  name: 'AllowSettingAside',
  summary:
    'Says that others may test the argument of your objection: company came, or you waive it. Nobody learns which.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject(whichObjection),
  reads: { proposals: proposalsSlice },
  http: aboutObjection('allowance'),
  refusals: { ...OBJECTION_REFUSALS, NOT_YOURS_TO_ALLOW },
  decide({ proposals }, command, context) {
    const found = openObjection(proposals, command, context.now)
    if (isRefusal(found)) return found
    const { objectorId, allowed } = found.objection
    if (objectorId !== personOf(context)) return refuse('NOT_YOURS_TO_ALLOW', { message: NOT_YOURS_TO_ALLOW })
    return allowed ? [] : [SettingAsideAllowed.of({ ...command, objectorId, personId: objectorId })]
  },
  result: firstEventFields('proposalId', 'objectionId'),
})
