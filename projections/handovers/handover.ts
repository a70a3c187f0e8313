import { z } from 'zod'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { line } from '../../src/kernel/text.ts'
import { handoverAnswer, handoverAnswerOf, handoverReads, wasAgreed } from './handover-answers.ts'
import { asSaid } from './projection.ts'

export const handover = defineQuestion({
  name: 'handover',
  summary: 'One handover, step by step: what is done, by whom and when, and what is left.',
  reads: handoverReads,
  params: z.strictObject({
    holding: line(60).meta({ description: 'The holding that began with the handover' }),
  }),
  answer: handoverAnswer,
  timed: true,
  resource: ({ holdingId }) => `holding:${holdingId}`,
  public: false,
  http: { path: '/handovers/{holding}' },
  rows: ({ steps }) => steps.map(({ by, ...step }) => ({ ...step, by: by?.name ?? null })),
  ask(views, { holding }, context) {
    const agreed = views.handovers.get(holding)
    const found = agreed && asSaid(agreed, context.revision)
    return found && wasAgreed(found, context) ? handoverAnswerOf(views, found, context) : undefined
  },
})
