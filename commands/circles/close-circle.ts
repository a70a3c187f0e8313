import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { heldRolesIn, rolesSlice } from '../roles/state.ts'
import { CircleClosed } from './events.ts'
import { circleAt, circleExists, circlesSlice } from './state.ts'
import { mayAmend, NOT_YOURS_TO_AMEND, notYoursToAmend } from './who-may-amend.ts'

export const closeCircle = defineCommand({
  name: 'CloseCircle',
  summary: 'Ends a circle. Its history stays, and it may open again.',
  book: 'open',
  who: 'member-or-operator',
  schema: z.strictObject({ circleId: idOf('circle') }),
  reads: { circles: circlesSlice, roles: rolesSlice },
  http: {
    method: 'POST',
    path: '/circles/{circleId}/closings',
    location: '/circles/{circleId}',
    target: 'circle:{circleId}',
  },
  refusals: {
    NOT_YOURS_TO_AMEND,
    CIRCLE_HAS_ROLES: 'Somebody holds a role in the circle. A circle closes once its roles are let go of.',
    CIRCLE_CLOSED: 'The circle is closed already.',
  },
  decide({ circles, roles }, { circleId }, { actor, now }) {
    if (!circleExists(circles, circleId)) return refuse('NOT_FOUND', { message: 'There is no such circle.' })
    if (!mayAmend(circles, roles, circleId, actor, now)) return notYoursToAmend()
    if (!circleAt(circles, circleId, now)) return refuse('CIRCLE_CLOSED', { message: 'The circle is closed already.' })
    const held = heldRolesIn(roles, circleId, now)
    if (held.length > 0) {
      return refuse('CIRCLE_HAS_ROLES', { facts: { roleIds: held }, message: `${held.length} of its roles are held.` })
    }
    return [CircleClosed.of({ circleId })]
  },
  result: firstEventFields('circleId'),
})
