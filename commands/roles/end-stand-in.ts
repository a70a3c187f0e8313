import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { standInEnded } from './acting.ts'
import { holdingBy, rolesSlice } from './state.ts'

const NOT_YOURS_TO_END = 'Whoever acts ends it, or the holder they act for.'

export const endStandIn = defineCommand({
  name: 'EndStandIn',
  summary: "Ends acting in a holder's place: whoever acts does, or the holder.",
  book: 'open',
  who: 'member',
  wayOut: true,
  backdatable: true,
  schema: z.strictObject({ holdingId: idOf('holding').meta({ description: 'The holding of whoever acts' }) }),
  reads: { roles: rolesSlice },
  http: { method: 'POST', path: '/stand-ins/{holdingId}/end', location: '/roles/{roleId}' },
  refusals: { NO_STAND_IN: 'Nobody acts by this holding now.', NOT_YOURS_TO_END },
  decide({ roles }, { holdingId }, { actor, actedAt }) {
    const acting = holdingBy(roles, holdingId)
    if (!acting) return refuse('NOT_FOUND', { message: 'There is no such holding.' })
    const { personId, onBehalfOf } = acting.fact
    if (!onBehalfOf || actedAt >= acting.to.earliest)
      return refuse('NO_STAND_IN', { message: 'Nobody acts by this holding now.' })
    if (actor.kind !== 'person' || (actor.personId !== personId && actor.personId !== onBehalfOf.personId))
      return refuse('NOT_YOURS_TO_END', { message: NOT_YOURS_TO_END })
    return [standInEnded(acting)]
  },
  result: firstEventFields('holdingId', 'roleId'),
})
