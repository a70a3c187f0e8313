import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { circleParam, circleRef, circleRefOf, findCircle } from '../circles/circle-refs.ts'
import { circlesProjection } from '../circles/projection.ts'
import { rolesProjection } from './projection.ts'
import { roleThen } from './role-refs.ts'

const listed = classed(
  1,
  z.object({ id: z.string(), name: z.string(), circle: circleRef, weight: z.number(), imported: z.boolean() }),
)

export const rolesQuestion = defineQuestion({
  name: 'roles',
  summary: 'The roles there were at a moment, in all circles or in one.',
  reads: { roles: rolesProjection, circles: circlesProjection },
  params: z.strictObject({ circle: circleParam().optional() }),
  answer: classed(1, z.object({ roles: z.array(listed), count: z.int() })),
  timed: true,
  public: true,
  http: { path: '/roles' },
  cli: { verb: 'roles', aliases: { on: 'asOf' } },
  rows: ({ roles }) => roles.map(({ circle, ...role }) => ({ ...role, circle: circle.key ?? circle.name })),
  ask({ roles, circles }, { circle }, context) {
    const circleId = circle === undefined ? undefined : findCircle(circles, circle, context)
    if (isRefusal(circleId)) return circleId
    const found = [...roles.facts.subjects()].flatMap((id) => {
      if (circleId !== undefined && roles.circleOf.get(id) !== circleId) return []
      const fact = roleThen(roles, id, context)
      return fact
        ? [
            {
              id,
              name: fact.name,
              circle: circleRefOf(circles, fact.circleId, context),
              weight: fact.weight,
              imported: fact.imported,
            },
          ]
        : []
    })
    return { roles: found, count: found.length }
  },
})
