import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, line, prose } from '../../src/kernel/text.ts'
import { CircleFormed } from './events.ts'
import { circleExists, circlesSlice } from './state.ts'

export const formCircle = defineCommand({
  name: 'FormCircle',
  summary: 'Begins a circle: a group with a name and a purpose in which roles are held.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    name: line(),
    kind: line(60).default('circle').meta({ description: 'crew, circle, or what the community calls it' }),
    parentId: idOf('circle').optional().meta({ description: 'The circle it is inside of; containment gives no power' }),
    purpose: prose(),
  }),
  reads: { circles: circlesSlice },
  part: { makes: 'circleId' },
  http: { method: 'POST', path: '/circles', location: '/circles/{circleId}' },
  refusals: {},
  decide({ circles }, { name, kind, parentId, purpose }, { mint }) {
    if (parentId !== undefined && !circleExists(circles, parentId))
      return unknownReference('/parentId', parentId, 'circle')
    return [CircleFormed.of({ circleId: mint('circle'), name, kind, parentId, purpose })]
  },
  result: firstEventFields('circleId'),
})
