import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { endActingFor } from './acting.ts'
import { RoleRelinquished } from './holding-events.ts'
import { NOT_THE_HOLDER, notTheHolder, ownHoldings } from './own-holding.ts'
import { roleExists, rolesSlice } from './state.ts'

export const stepBack = defineCommand({
  name: 'StepBack',
  summary: 'Ends your own term in a role. It is never refused to whoever holds it, and no reason is asked.',
  book: 'open',
  who: 'member',
  wayOut: true,
  backdatable: true,
  schema: z.strictObject({ roleId: idOf('role') }),
  reads: { roles: rolesSlice },
  http: { method: 'POST', path: '/roles/{roleId}/step-back', location: '/roles/{roleId}' },
  refusals: { NOT_THE_HOLDER },
  decide({ roles }, { roleId }, { actor, actedAt }) {
    if (!roleExists(roles, roleId)) return refuse('NOT_FOUND', { message: 'There is no such role.' })
    const own = actor.kind === 'person' ? ownHoldings(roles, roleId, actor.personId, actedAt) : []
    if (own.length === 0) return notTheHolder()
    return own.flatMap(({ fact: { holdingId, personId, circleId } }) => [
      RoleRelinquished.of({ holdingId, personId, roleId, circleId }),
      ...endActingFor(roles, holdingId, actedAt),
    ])
  },
  result: firstEventFields('holdingId', 'roleId'),
})
