import { z } from 'zod'
import { defineCommand } from '../../../src/kernel/define-command.ts'
import { defineEvent, plain } from '../../../src/kernel/define-event.ts'

export const BellRung = defineEvent({
  type: 'BellRung',
  version: 1,
  book: 'open',
  summary: 'The bell was rung.',
  fields: { times: plain(1, z.int()) },
  touches: () => ['bell'],
})

export const ringBell = defineCommand({
  name: 'RingBell',
  summary: 'Rings the bell.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ times: z.int() }),
  reads: {},
  http: { method: 'POST', path: '/bell' },
  refusals: {},
  decide: (_, { times }) => [BellRung.of({ times })],
})
