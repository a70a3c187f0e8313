import { defineQuestion } from '../../src/kernel/define-question.ts'
import { holders } from './holders.ts'

/** The whole roster on a date: as `holders`, under the name people look for. */
export const roster = defineQuestion({
  ...holders,
  name: 'roster',
  summary: 'The roster at a moment: everybody who held a role, of one circle or of all.',
  http: { path: '/roster' },
  cli: { verb: 'roster', positional: ['circle'], aliases: { on: 'asOf' } },
})
