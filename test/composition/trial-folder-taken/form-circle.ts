import { z } from 'zod'
import { defineCommand } from '../../../src/kernel/define-command.ts'

export const formAnotherCircle = defineCommand({
  name: 'FormCircle',
  summary: 'Has a name that is taken.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({}),
  reads: {},
  http: { method: 'POST', path: '/taken' },
  refusals: {},
  decide: () => [],
})
