import { z } from 'zod'
import { defineCommand } from '../../../../../src/kernel/define-command.ts'
import { KettleScoured } from './events.ts'
import { kettleSlice } from './state.ts'

export const scourKettle = defineCommand({
  name: 'ScourKettle',
  summary: 'Scours the kettle, if it was boiled.',
  book: 'open',
  who: 'member-or-operator',
  schema: z.strictObject({}),
  reads: { kettle: kettleSlice },
  http: { method: 'POST', path: '/kettle/scourings', location: '/kettle' },
  refusals: {},
  decide: ({ kettle }) => (kettle.boilings > 0 ? [KettleScoured.of({})] : []),
})
