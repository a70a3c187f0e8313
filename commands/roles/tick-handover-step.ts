import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { HandoverStepDone } from './holding-events.ts'
import { rolesSlice } from './state.ts'

const NOT_IN_HANDOVER = 'Only the outgoing and the incoming holder tick the steps of their handover.'

export const tickHandoverStep = defineCommand({
  name: 'TickHandoverStep',
  summary: 'Says that a step of your handover is done. What is open stays in sight, also after the date.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    holdingId: idOf('holding').meta({ description: 'The holding that began with the handover' }),
    step: z.int().min(1).meta({ description: 'Which step, counted from 1' }),
  }),
  reads: { roles: rolesSlice },
  http: {
    method: 'POST',
    path: '/handovers/{holdingId}/steps',
    location: '/handovers/{holdingId}',
    target: 'holding:{holdingId}',
  },
  refusals: {
    NOT_IN_HANDOVER,
    ALREADY_DONE: 'The step is done already.',
    UNKNOWN_STEP: 'The handover has no such step.',
  },
  decide({ roles }, { holdingId, step }, { actor }) {
    const handover = roles.handovers.get(holdingId)
    if (!handover) return refuse('NOT_FOUND', { message: 'There is no such handover.' })
    const { from, personId, roleId, circleId, steps } = handover
    if (actor.kind !== 'person' || (actor.personId !== from && actor.personId !== personId))
      return refuse('NOT_IN_HANDOVER', { message: NOT_IN_HANDOVER })
    if (step > steps.length)
      return refuse('UNKNOWN_STEP', {
        pointer: '/step',
        facts: { steps: steps.length },
        message: `The handover has ${steps.length} steps.`,
      })
    if (roles.stepsDone.get(holdingId)?.has(step))
      return refuse('ALREADY_DONE', { message: 'The step is done already.' })
    return [HandoverStepDone.of({ holdingId, personId, roleId, circleId, step })]
  },
  result: firstEventFields('holdingId', 'step'),
})
