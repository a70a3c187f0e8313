import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { circleRef, circleRefOf } from '../circles/circle-refs.ts'
import { circlesProjection } from '../circles/projection.ts'
import { rolesProjection } from './projection.ts'
import { roleFacts, roleRefOf } from './role-refs.ts'

const wording = classed(
  0,
  z.object({
    name: z.string(),
    weight: z.number(),
    partOfRoleId: z.string().nullable(),
    purpose: z.string().nullable(),
    responsibilities: z.array(z.string()),
    mandate: z.object({ may: z.array(z.string()), mayNot: z.array(z.string()) }),
    seats: z.int().nullable(),
    termDays: z.int().nullable(),
    understudy: z.string().nullable(),
    handoverSteps: z.array(z.string()),
    from: z.string().nullable(),
    to: z.string().nullable(),
  }),
)

export const roleQuestion = defineQuestion({
  name: 'role',
  summary: 'One role: what it is for, what it may and may not do, how much it carries, and how that changed.',
  reads: { roles: rolesProjection, circles: circlesProjection },
  params: z.strictObject({ role: z.string().max(200).meta({ description: 'The id of a role' }) }),
  answer: classed(
    1,
    z.object({
      role: z.object({ id: z.string(), name: z.string() }),
      circle: circleRef,
      imported: z.boolean(),
      wordings: z.array(wording),
    }),
  ),
  timed: true,
  resource: ({ role }) => `role:${role.id}`,
  public: true,
  http: { path: '/roles/{role}' },
  ask({ roles, circles }, { role: roleId }, context) {
    const facts = roleFacts(roles, roleId, context.revision)
    const last = facts.at(-1)
    if (!last) return undefined
    return {
      role: roleRefOf(roles, roleId, context),
      circle: circleRefOf(circles, last.fact.circleId, context),
      imported: last.fact.imported,
      wordings: facts.map(({ fact: { name, weight, partOfRoleId, definition = {} }, from, to }) => ({
        name,
        weight,
        partOfRoleId: partOfRoleId ?? null,
        purpose: definition.purpose ?? null,
        responsibilities: definition.responsibilities ?? [],
        mandate: definition.mandate ?? { may: [], mayNot: [] },
        seats: definition.seats ?? null,
        termDays: definition.termDays ?? null,
        understudy: definition.understudy ?? null,
        handoverSteps: definition.handoverSteps ?? [],
        from: from.text || null,
        to: to.text || null,
      })),
    }
  },
})
