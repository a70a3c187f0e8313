import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { rolesSlice } from '../roles/state.ts'
import { CircleAmended, circleChanges } from './events.ts'
import { circleExists, circlesSlice, wouldCycle } from './state.ts'
import { mayAmend, NOT_YOURS_TO_AMEND, notYoursToAmend } from './who-may-amend.ts'

export const amendCircle = defineCommand({
  name: 'AmendCircle',
  summary: "Changes a circle's name, kind, purpose or place.",
  book: 'open',
  who: 'member-or-operator',
  schema: z.strictObject({
    circleId: idOf('circle'),
    changes: circleChanges.refine((c) => Object.keys(c).length > 0, 'must change something'),
  }),
  reads: { circles: circlesSlice, roles: rolesSlice },
  http: {
    method: 'POST',
    path: '/circles/{circleId}/amendments',
    location: '/circles/{circleId}',
    target: 'circle:{circleId}',
  },
  refusals: {
    NOT_YOURS_TO_AMEND,
    CIRCLE_CYCLE: 'A circle cannot be inside itself, not even some circles further in.',
    CIRCLE_CLOSED: 'The circle is closed. Reopen it first.',
  },
  decide({ circles, roles }, { circleId, changes }, { actor, now }) {
    if (!circleExists(circles, circleId)) return refuse('NOT_FOUND', { message: 'There is no such circle.' })
    if (!mayAmend(circles, roles, circleId, actor, now)) return notYoursToAmend()
    if (!circles.facts.versions(circleId).some((v) => v.knownTo === Number.POSITIVE_INFINITY && now < v.to.latest)) {
      return refuse('CIRCLE_CLOSED', { message: 'The circle is closed.' })
    }
    const { parentId } = changes
    if (parentId !== undefined && parentId !== null) {
      if (!circleExists(circles, parentId)) return unknownReference('/changes/parentId', parentId, 'circle')
      if (wouldCycle(circles, circleId, parentId, now)) {
        return refuse('CIRCLE_CYCLE', { pointer: '/changes/parentId', message: 'The circle would be inside itself.' })
      }
    }
    return [CircleAmended.of({ circleId, changes })]
  },
  result: firstEventFields('circleId'),
})
