import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { rolesSlice } from '../roles/state.ts'
import { CircleReopened } from './events.ts'
import { circleAt, circleExists, circlesSlice } from './state.ts'
import { mayAmend, NOT_YOURS_TO_AMEND, notYoursToAmend } from './who-may-amend.ts'

export const reopenCircle = defineCommand({
  name: 'ReopenCircle',
  summary: 'Begins another spell of a closed circle.',
  book: 'open',
  who: 'member-or-operator',
  schema: z.strictObject({ circleId: idOf('circle') }),
  reads: { circles: circlesSlice, roles: rolesSlice },
  http: {
    method: 'POST',
    path: '/circles/{circleId}/reopenings',
    location: '/circles/{circleId}',
    target: 'circle:{circleId}',
  },
  refusals: { NOT_YOURS_TO_AMEND, CIRCLE_NOT_CLOSED: 'The circle is open.' },
  decide({ circles, roles }, { circleId }, { actor, now }) {
    if (!circleExists(circles, circleId)) return refuse('NOT_FOUND', { message: 'There is no such circle.' })
    if (!mayAmend(circles, roles, circleId, actor, now)) return notYoursToAmend()
    if (circleAt(circles, circleId, now)) return refuse('CIRCLE_NOT_CLOSED', { message: 'The circle is open.' })
    return [CircleReopened.of({ circleId })]
  },
  result: firstEventFields('circleId'),
})
