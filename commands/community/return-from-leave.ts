import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { endActingFor } from '../roles/acting.ts'
import { rolesSlice, runningOf } from '../roles/state.ts'
import { LeaveEnded } from './events.ts'
import { communitySlice, leaveAt } from './state.ts'

export const returnFromLeave = defineCommand({
  name: 'ReturnFromLeave',
  summary: 'Is back. Whoever acted for you no longer does, and the clock of your terms runs on.',
  book: 'open',
  who: 'member',
  backdatable: true,
  schema: z.strictObject({}),
  reads: { community: communitySlice, roles: rolesSlice },
  http: { method: 'POST', path: '/leaves/return', location: '/people/{personId}' },
  refusals: { NOT_ON_LEAVE: 'You are not on leave.' },
  decide({ community, roles }, _, { actor, actedAt }) {
    const personId = actor.kind === 'person' ? actor.personId : ''
    const leave = leaveAt(community, personId, actedAt)
    if (!leave) return refuse('NOT_ON_LEAVE', { message: 'You are not on leave.' })
    return [
      LeaveEnded.of({ leaveId: leave.fact.leaveId, personId }),
      ...runningOf(roles, personId, actedAt).flatMap(({ fact }) => endActingFor(roles, fact.holdingId, actedAt)),
    ]
  },
  result: firstEventFields('leaveId', 'personId'),
})
