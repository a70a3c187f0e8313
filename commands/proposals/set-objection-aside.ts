import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { prose } from '../../src/kernel/text.ts'
import { Guards } from '../community/guards.ts'
import { communitySlice } from '../community/state.ts'
import { aboutObjection, whichObjection } from './addresses.ts'
import { SettingAsideProposed } from './events.ts'
import { OBJECTION_REFUSALS, openObjection, personOf } from './rounds.ts'
import { proposalsSlice } from './state.ts'
import { mayNotSetAside, SETTING_ASIDE_REFUSALS } from './testing.ts'

export const SECOND_REQUIRED = 'It is proposed to be set aside already: another person seconds that, or nobody does.'

export const setObjectionAside = defineCommand({
  name: 'SetObjectionAside',
  summary: 'Says that an argument is no objection, and why. Nothing comes of it until another person says so too.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject({ ...whichObjection, reason: prose() }),
  reads: { community: communitySlice, proposals: proposalsSlice },
  http: aboutObjection('setting-aside'),
  refusals: { ...OBJECTION_REFUSALS, ...SETTING_ASIDE_REFUSALS, SECOND_REQUIRED },
  decide({ community, proposals }, { reason, ...command }, context) {
    const found = openObjection(proposals, command, context.now)
    if (isRefusal(found)) return found
    const { round, objection } = found
    const guards = new Guards()
    const refusal = mayNotSetAside(round, objection, context, guards)
    if (refusal) return refusal
    if (objection.settingAside) return refuse('SECOND_REQUIRED', { message: SECOND_REQUIRED })
    const snapshot = { policyVersion: community.policy.version, warnings: guards.warnings }
    const { objectorId } = objection
    return [SettingAsideProposed.of({ ...command, objectorId, personId: personOf(context), reason, snapshot })]
  },
  result: firstEventFields('proposalId', 'objectionId'),
})
