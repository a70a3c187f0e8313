import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { UnderstudyEnded } from './holding-events.ts'
import { ownHolding } from './own-holding.ts'
import { holdingBy, rolesSlice } from './state.ts'

const NOT_YOURS_TO_END = 'The understudy ends it, or whoever holds the role.'

export const endUnderstudy = defineCommand({
  name: 'EndUnderstudy',
  summary: 'Ends being understudy of a role: the understudy does, or whoever holds the role.',
  book: 'open',
  who: 'member',
  wayOut: true,
  backdatable: true,
  schema: z.strictObject({ holdingId: idOf('holding') }),
  reads: { roles: rolesSlice },
  http: { method: 'POST', path: '/understudies/{holdingId}/end', location: '/roles/{roleId}' },
  refusals: { NOT_YOURS_TO_END, NOT_AN_UNDERSTUDY: 'Nobody is understudy by this holding now.' },
  decide({ roles }, { holdingId }, { actor, actedAt }) {
    const seat = holdingBy(roles, holdingId)
    if (!seat) return refuse('NOT_FOUND', { message: 'There is no such holding.' })
    const { personId, roleId, circleId, kind, importId } = seat.fact
    if (kind !== 'understudy' || importId !== undefined || actedAt >= seat.to.earliest)
      return refuse('NOT_AN_UNDERSTUDY', { message: 'Nobody is understudy by this holding now.' })
    const own = actor.kind === 'person' && actor.personId === personId
    if (!own && !(actor.kind === 'person' && ownHolding(roles, roleId, actor.personId, actedAt)))
      return refuse('NOT_YOURS_TO_END', { message: NOT_YOURS_TO_END })
    return [UnderstudyEnded.of({ holdingId, personId, roleId, circleId, reason: 'ended' })]
  },
  result: firstEventFields('holdingId', 'roleId'),
})
