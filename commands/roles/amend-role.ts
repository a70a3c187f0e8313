import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { mandateOf } from '../agreements/mandates.ts'
import { agreementsSlice } from '../agreements/state.ts'
import { communitySlice } from '../community/state.ts'
import { RoleAmended, roleChanges } from './events.ts'
import { citedProposal, mandated, ROLE_NEEDS_MANDATE, ROLE_RULES, roleNumbersOutOfRange } from './rules.ts'
import { type RolesState, roleAt, roleExists, rolesSlice } from './state.ts'

export const amendRole = defineCommand({
  name: 'AmendRole',
  summary: "Changes a role's words or numbers. What was so before stays in its history.",
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    roleId: idOf('role'),
    changes: roleChanges
      .extend({ weight: z.number().optional(), termDays: z.int().min(14).optional() })
      .refine((c) => Object.keys(c).length > 0, 'must change something'),
    proposalId: citedProposal(),
  }),
  reads: { community: communitySlice, roles: rolesSlice, agreements: agreementsSlice },
  part: {},
  http: { method: 'POST', path: '/roles/{roleId}/amendments', location: '/roles/{roleId}', target: 'role:{roleId}' },
  refusals: {
    ...ROLE_RULES,
    ROLE_NEEDS_MANDATE,
    ROLE_RETIRED: 'The role is retired. Define a new one.',
    ROLE_CYCLE: 'A role cannot be part of itself, not even some roles further in.',
  },
  decide({ community, roles, agreements }, { roleId, changes, proposalId }, context) {
    const { now } = context
    if (!roleExists(roles, roleId)) return refuse('NOT_FOUND', { message: 'There is no such role.' })
    const role = roleAt(roles, roleId, now)
    if (!role) return refuse('ROLE_RETIRED', { message: 'The role is retired.' })
    const { partOfRoleId } = changes
    if (partOfRoleId !== undefined && partOfRoleId !== null) {
      if (!roleAt(roles, partOfRoleId, now)) return unknownReference('/changes/partOfRoleId', partOfRoleId, 'role')
      if (isPartOf(roles, partOfRoleId, roleId, now)) {
        return refuse('ROLE_CYCLE', { pointer: '/changes/partOfRoleId', message: 'The role would be part of itself.' })
      }
    }
    const policies = community.policy.values
    const weight = Math.max(role.weight, changes.weight ?? 0)
    const by =
      roleNumbersOutOfRange(changes, '/changes', policies.maxTermDays) ??
      mandated(weight, proposalId, mandateOf(agreements, proposalId, context), community)
    return isRefusal(by) ? by : [RoleAmended.of({ roleId, circleId: role.circleId, changes, ...by })]
  },
  result: firstEventFields('roleId'),
})

function isPartOf(roles: RolesState, roleId: string, trunkId: string, now: number): boolean {
  const seen = new Set<string>()
  for (
    let at: string | undefined = roleId;
    at !== undefined && !seen.has(at);
    at = roleAt(roles, at, now)?.partOfRoleId
  ) {
    if (at === trunkId) return true
    seen.add(at)
  }
  return false
}
