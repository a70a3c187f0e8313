import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { StillInSaid } from './events.ts'

export const sayStillIn = defineCommand({
  name: 'SayStillIn',
  summary: 'Says that you are still in, where nothing else you did says so.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({}),
  reads: {},
  http: { method: 'POST', path: '/still-in', location: '/people/{personId}' },
  refusals: {},
  decide: (_, __, { actor }) => [StillInSaid.of({ personId: actor.kind === 'person' ? actor.personId : '' })],
  result: firstEventFields('personId'),
})
