import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { mandateOf } from '../agreements/mandates.ts'
import { agreementsSlice } from '../agreements/state.ts'
import { communitySlice } from '../community/state.ts'
import { RoleAmended, RoleRetired } from './events.ts'
import { UnderstudyEnded } from './holding-events.ts'
import { citedProposal, mandated, ROLE_NEEDS_MANDATE } from './rules.ts'
import { holdersOf, holdingsOf, roleAt, roleExists, rolesSlice } from './state.ts'

export const retireRole = defineCommand({
  name: 'RetireRole',
  summary: 'Ends a role nobody holds. Roles that were part of it move up one level.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ roleId: idOf('role'), proposalId: citedProposal() }),
  reads: { community: communitySlice, roles: rolesSlice, agreements: agreementsSlice },
  part: {},
  http: { method: 'POST', path: '/roles/{roleId}/retirement', location: '/roles/{roleId}', target: 'role:{roleId}' },
  refusals: {
    ROLE_HELD: 'Somebody holds the role, or has accepted it for later.',
    ROLE_RETIRED: 'The role is retired already.',
    ROLE_NEEDS_MANDATE,
  },
  decide({ community, roles, agreements }, { roleId, proposalId }, context) {
    const { now } = context
    if (!roleExists(roles, roleId)) return refuse('NOT_FOUND', { message: 'There is no such role.' })
    const role = roleAt(roles, roleId, now)
    if (!role) return refuse('ROLE_RETIRED', { message: 'The role is retired already.' })
    const by = mandated(role.weight, proposalId, mandateOf(agreements, proposalId, context), community)
    if (isRefusal(by)) return by
    const running = holdingsOf(roles, roleId).filter(({ fact, to }) => fact.importId === undefined && now < to.latest)
    const toCome = running.filter(({ fact }) => fact.kind !== 'understudy').map(({ fact }) => fact.personId)
    const holders = [...new Set([...holdersOf(roles, roleId, now), ...toCome])]
    if (holders.length > 0)
      return refuse('ROLE_HELD', { facts: { personIds: holders }, message: 'Somebody holds the role.' })
    const branches = [...roles.facts.subjects()].flatMap((id) => {
      const branch = roleAt(roles, id, now)
      return branch?.partOfRoleId === roleId ? [branch] : []
    })
    return [
      RoleRetired.of({ roleId, circleId: role.circleId, movedUp: branches.map((branch) => branch.roleId), ...by }),
      ...running.map(({ fact: { holdingId, personId, circleId } }) =>
        UnderstudyEnded.of({ holdingId, personId, roleId, circleId, reason: 'role-retired' }),
      ),
      ...branches.map((branch) =>
        RoleAmended.of({
          roleId: branch.roleId,
          circleId: branch.circleId,
          changes: { partOfRoleId: role.partOfRoleId ?? null },
        }),
      ),
    ]
  },
  result: firstEventFields('roleId'),
})
