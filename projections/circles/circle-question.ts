import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { circleFacts, circleParam, circleRef, circleRefOf, findCircle } from './circle-refs.ts'
import { circlesProjection } from './projection.ts'

export const circleQuestion = defineQuestion({
  name: 'circle',
  summary: 'One circle: its spells and wordings over time.',
  reads: { circles: circlesProjection },
  params: z.strictObject({ circle: circleParam() }),
  answer: classed(
    1,
    z.object({
      circle: circleRef,
      spells: z.array(
        z.object({
          name: z.string(),
          kind: z.string(),
          purpose: z.string().nullable(),
          parent: circleRef.nullable(),
          from: z.string(),
          to: z.string().nullable(),
        }),
      ),
    }),
  ),
  timed: true,
  resource: ({ circle }) => `circle:${circle.id}`,
  public: true,
  http: { path: '/circles/{circle}' },
  ask({ circles }, { circle: ref }, context) {
    const circleId = findCircle(circles, ref, context)
    if (isRefusal(circleId)) return undefined
    return {
      circle: circleRefOf(circles, circleId, context),
      spells: circleFacts(circles, circleId, context.revision).map(({ fact, from, to }) => ({
        name: fact.name,
        kind: fact.kind,
        purpose: fact.purpose ?? null,
        parent: fact.parentId === undefined ? null : circleRefOf(circles, fact.parentId, context),
        from: from.text,
        to: to.text || null,
      })),
    }
  },
})
