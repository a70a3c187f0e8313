import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { mandateOf } from '../agreements/mandates.ts'
import { agreementsSlice } from '../agreements/state.ts'
import { circleAt, circleExists, circlesSlice } from '../circles/state.ts'
import { communitySlice } from '../community/state.ts'
import { RoleDefined, roleShape } from './events.ts'
import { citedProposal, mandated, ROLE_NEEDS_MANDATE, ROLE_RULES, roleNumbersOutOfRange } from './rules.ts'
import { roleAt, rolesSlice } from './state.ts'

export const defineRole = defineCommand({
  name: 'DefineRole',
  summary:
    'Writes down a role of a circle: what it is for, what it may and may not do, how much it carries, how long a term is.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    circleId: idOf('circle'),
    name: roleShape.name,
    purpose: roleShape.purpose,
    responsibilities: roleShape.responsibilities.default([]),
    mandate: roleShape.mandate.default({ may: [], mayNot: [] }),
    // The bounds are rules with codes of their own, so the form only asks for a number.
    weight: z.number().default(1).meta({ description: 'How much it carries, 0 to 5' }),
    seats: roleShape.seats.default(1),
    termDays: z
      .int()
      .min(14)
      .optional()
      .meta({ description: "Days of a term; the community's own length unless given" }),
    understudy: roleShape.understudy.default('by-weight'),
    partOfRoleId: idOf('role')
      .optional()
      .meta({ description: 'The role it is a branch of; containment gives no power' }),
    handoverSteps: roleShape.handoverSteps.default([]),
    proposalId: citedProposal(),
  }),
  reads: { community: communitySlice, circles: circlesSlice, roles: rolesSlice, agreements: agreementsSlice },
  part: { makes: 'roleId' },
  http: { method: 'POST', path: '/roles', location: '/roles/{roleId}' },
  refusals: { ...ROLE_RULES, ROLE_NEEDS_MANDATE, CIRCLE_CLOSED: 'The circle is closed. Reopen it first.' },
  decide({ community, circles, roles, agreements }, command, context) {
    const { mint, now } = context
    if (!circleExists(circles, command.circleId)) return unknownReference('/circleId', command.circleId, 'circle')
    if (!circleAt(circles, command.circleId, now)) {
      return refuse('CIRCLE_CLOSED', { pointer: '/circleId', message: 'The circle is closed. Reopen it first.' })
    }
    if (command.partOfRoleId !== undefined && !roleAt(roles, command.partOfRoleId, now)) {
      return unknownReference('/partOfRoleId', command.partOfRoleId, 'role')
    }
    const policies = community.policy.values
    const { proposalId, weight, termDays = policies.termDays } = command
    const by =
      roleNumbersOutOfRange(command, '', policies.maxTermDays) ??
      mandated(weight, proposalId, mandateOf(agreements, proposalId, context), community)
    return isRefusal(by) ? by : [RoleDefined.of({ roleId: mint('role'), ...command, termDays, ...by })]
  },
  result: firstEventFields('roleId'),
})
