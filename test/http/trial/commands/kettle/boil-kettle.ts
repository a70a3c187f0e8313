import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../../../../src/kernel/define-command.ts'
import { refuse } from '../../../../../src/kernel/refusal.ts'
import { KettleBoiled } from './events.ts'
import { kettleSlice } from './state.ts'

export const boilKettle = defineCommand({
  name: 'BoilKettle',
  summary: 'Boils the kettle.',
  book: 'open',
  who: 'member-or-operator',
  schema: z.strictObject({ cups: z.int().min(1).max(12).meta({ description: 'How many cups it is for' }) }),
  reads: { kettle: kettleSlice },
  backdatable: true,
  http: { method: 'POST', path: '/kettle/boilings', location: '/kettle', target: 'kettle' },
  refusals: { KETTLE_FURRED: 'The kettle was boiled three times since it was last scoured.' },
  decide: ({ kettle }, { cups }) =>
    kettle.boilings < 3 ? [KettleBoiled.of({ cups })] : refuse('KETTLE_FURRED', { message: 'Scour the kettle first.' }),
  result: firstEventFields('cups'),
})
