import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { mayEnd, notByItself, RECALL_NEEDS_ADOPTED_PROPOSAL } from '../agreements/recalls.ts'
import { endActingFor } from './acting.ts'
import { RoleRecalled } from './mandate-events.ts'
import { ownHoldings } from './own-holding.ts'
import { roleExists, rolesSlice } from './state.ts'

export const recallFromRole = defineCommand({
  name: 'RecallFromRole',
  summary:
    'Ends a term together, before its time. Only adopting the recall proposal that carries it does so; the holder is heard, and not counted.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    roleId: idOf('role'),
    memberId: idOf('person'),
    proposalId: idOf('proposal').optional().meta({ description: 'The recall proposal that carries it' }),
  }),
  reads: { roles: rolesSlice },
  part: {},
  http: { method: 'POST', path: '/roles/{roleId}/recalls', location: '/roles/{roleId}', target: 'role:{roleId}' },
  refusals: { RECALL_NEEDS_ADOPTED_PROPOSAL },
  decide({ roles }, { roleId, memberId }, { mandate, now }) {
    if (!roleExists(roles, roleId)) return refuse('NOT_FOUND', { message: 'There is no such role.' })
    if (!mayEnd(mandate)) return notByItself()
    const held = ownHoldings(roles, roleId, memberId, now)
    if (held.length === 0) return refuse('NOT_THE_HOLDER', { message: 'They do not hold the role.' })
    const { proposalId } = mandate
    return held.flatMap(({ fact: { holdingId, circleId } }) => [
      RoleRecalled.of({ holdingId, personId: memberId, roleId, circleId, proposalId }),
      ...endActingFor(roles, holdingId, now),
    ])
  },
  result: firstEventFields('personId', 'roleId'),
})
