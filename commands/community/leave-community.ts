import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import type { NewEvent } from '../../src/kernel/define-event.ts'
import { endActingFor, standInEnded } from '../roles/acting.ts'
import { RoleTermEnded, UnderstudyEnded } from '../roles/holding-events.ts'
import type { HoldingVersion } from '../roles/holding-log.ts'
import { type RolesState, rolesSlice, runningOf } from '../roles/state.ts'
import { MemberLeft } from './events.ts'

export const leaveCommunity = defineCommand({
  name: 'LeaveCommunity',
  summary:
    'Leaves the community. It is never refused; your terms end, your credentials end, and your history stays true.',
  book: 'open',
  who: 'member',
  wayOut: true,
  humanOnly: true,
  schema: z.strictObject({}),
  reads: { roles: rolesSlice },
  http: { method: 'POST', path: '/departures' },
  refusals: {},
  decide({ roles }, _, { actor, now }) {
    const personId = actor.kind === 'person' ? actor.personId : ''
    return [
      MemberLeft.of({ personId }),
      ...runningOf(roles, personId, now).flatMap((holding) => ended(roles, holding, now)),
    ]
  },
  result: firstEventFields('personId'),
})

function ended(roles: RolesState, holding: HoldingVersion, now: number): readonly NewEvent[] {
  const { holdingId, personId, roleId, circleId, kind } = holding.fact
  const whose = { holdingId, personId, roleId, circleId }
  if (kind === 'understudy') return [UnderstudyEnded.of({ ...whose, reason: 'left' })]
  if (kind === 'acting') return [standInEnded(holding)]
  return [RoleTermEnded.of({ ...whose, reason: 'holder-left' }), ...endActingFor(roles, holdingId, now)]
}
