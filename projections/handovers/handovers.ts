import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { inOrder } from '../roster/in-order.ts'
import { isSelected } from '../roster/roster-on.ts'
import { optionalRole, selectionOf } from '../roster/selecting.ts'
import { handoverAnswer, handoverAnswerOf, handoverReads, isOpen, wasAgreed } from './handover-answers.ts'
import { asSaid } from './projection.ts'

export const handovers = defineQuestion({
  name: 'handovers',
  summary:
    'Handovers with their steps: what is done, by whom and when, and what is left; the one due first comes first.',
  reads: handoverReads,
  params: z.strictObject({
    open: z
      .boolean()
      .optional()
      .meta({ description: 'Only those that are to come or have a step left (true), or only the others (false)' }),
    ...optionalRole,
  }),
  answer: classed(1, z.object({ handovers: z.array(handoverAnswer), count: z.int() })),
  timed: true,
  public: false,
  http: { path: '/handovers' },
  cli: { verb: 'handovers', positional: ['role'], aliases: { on: 'asOf' } },
  rows: ({ handovers: found }) =>
    found.map(({ role, circle, from, to, handoverAt, state, steps, openSteps, daysOpen, completed }) => ({
      role: role.name,
      circle: circle.key ?? circle.name,
      from: from.name ?? '(erased)',
      to: to.name ?? '(erased)',
      handoverAt,
      state,
      completed,
      openSteps,
      daysOpen,
      left: steps.flatMap(({ done, title }) => (done ? [] : [title])).join('; '),
    })),
  ask(views, { open, ...params }, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const found = [...views.handovers.values()]
      .map((each) => asSaid(each, context.revision))
      .filter((each) => wasAgreed(each, context) && isSelected({ fact: each.data }, selection))
      .map((each) => handoverAnswerOf(views, each, context))
      .filter((each) => open === undefined || isOpen(each) === open)
    const sorted = inOrder(found, ({ handoverAt, role, holdingId }) => [Date.parse(handoverAt), role.name, holdingId])
    return { handovers: sorted, count: sorted.length }
  },
})
