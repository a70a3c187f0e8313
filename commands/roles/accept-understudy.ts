import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { PARTNER_CONFLICTED, partnerOfAHolder } from '../accountability/partners.ts'
import { accountabilitySlice } from '../accountability/state.ts'
import { askedOf, askToAccept, YES_REFUSALS } from '../asks/ask.ts'
import { yesesSlice } from '../asks/state.ts'
import { UnderstudyAccepted } from './holding-events.ts'
import { roleAt, rolesSlice } from './state.ts'
import { ALREADY_HOLDER, ALREADY_UNDERSTUDY, inTheRole } from './understudies.ts'

export const acceptUnderstudy = defineCommand({
  name: 'AcceptUnderstudy',
  summary: 'Says yes to learning a role. From here on everybody sees that you are its understudy, and who asked.',
  book: 'open',
  who: 'member',
  yes: true,
  backdatable: true,
  schema: z.strictObject({ askId: idOf('ask') }),
  reads: { roles: rolesSlice, accountability: accountabilitySlice, yeses: yesesSlice },
  http: { method: 'POST', path: '/understudies/acceptances', location: '/roles/{roleId}' },
  refusals: {
    ...YES_REFUSALS,
    ALREADY_HOLDER,
    ALREADY_UNDERSTUDY,
    PARTNER_CONFLICTED,
    ROLE_RETIRED: 'The role is retired.',
  },
  decide({ roles, accountability, yeses }, { askId }, context) {
    const ask = askToAccept(askId, 'understudy', yeses, context)
    if (isRefusal(ask)) return ask
    const role = roleAt(roles, ask.about, context.now)
    if (!role) return refuse('ROLE_RETIRED', { message: 'The role is retired.' })
    const refusal =
      inTheRole(roles, ask.about, ask.of, context.now) ??
      partnerOfAHolder(accountability, roles, ask.about, ask.of, context.now)
    if (refusal) return refusal
    const { roleId, circleId } = role
    const holdingId = context.mint('holding')
    return [UnderstudyAccepted.of({ holdingId, personId: ask.of, roleId, circleId, asked: askedOf(ask) })]
  },
  result: firstEventFields('holdingId', 'roleId'),
})
