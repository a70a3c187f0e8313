import { z } from 'zod'
import { instantText } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { Guards } from '../community/guards.ts'
import { aboutObjection, whichObjection } from './addresses.ts'
import { ObjectionSetAside } from './events.ts'
import { OBJECTION_REFUSALS, openObjection, personOf } from './rounds.ts'
import { SECOND_REQUIRED } from './set-objection-aside.ts'
import { proposalsSlice } from './state.ts'
import { mayNotSetAside, SETTING_ASIDE_REFUSALS } from './testing.ts'
import { HOUR_MS } from './windows.ts'

export const secondSettingAside = defineCommand({
  name: 'SecondSettingAside',
  summary:
    'Says too that an argument is no objection. It stops nothing from a later moment on, unless somebody sees it too until then or after.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject(whichObjection),
  reads: { proposals: proposalsSlice },
  http: aboutObjection('second'),
  refusals: {
    ...OBJECTION_REFUSALS,
    ...SETTING_ASIDE_REFUSALS,
    OBJECTION_NOT_SET_ASIDE: 'Nobody has proposed to set it aside.',
    SECOND_REQUIRED,
  },
  decide({ proposals }, command, context) {
    const { now } = context
    const found = openObjection(proposals, command, now)
    if (isRefusal(found)) return found
    const { round, objection } = found
    const refusal = mayNotSetAside(round, objection, context, new Guards())
    if (refusal) return refusal
    const { objectorId, settingAside } = objection
    if (!settingAside) return refuse('OBJECTION_NOT_SET_ASIDE', { message: 'Nobody has proposed to set it aside.' })
    const personId = personOf(context)
    if (settingAside.takesEffectAt !== undefined) return []
    if (settingAside.by === personId) return refuse('SECOND_REQUIRED', { message: SECOND_REQUIRED })
    const takesEffectAt = instantText(now + round.submitted.snapshot.settingAsideHours * HOUR_MS)
    return [ObjectionSetAside.of({ ...command, objectorId, personId, proposedBy: settingAside.by, takesEffectAt })]
  },
  result: firstEventFields('proposalId', 'objectionId', 'takesEffectAt'),
})
