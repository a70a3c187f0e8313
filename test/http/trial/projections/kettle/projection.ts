import type { Revision } from '../../../../../src/kernel/book.ts'
import { defineProjection, on } from '../../../../../src/kernel/folds.ts'
import { KettleBoiled } from '../../commands/kettle/events.ts'

export interface Boiling {
  readonly cups: number
  readonly at: string
  readonly revision: Revision
}

export const kettleProjection = defineProjection<{ readonly boilings: Boiling[] }>({
  name: 'kettle',
  version: 1,
  summary: 'When the kettle was boiled, and for how many.',
  initial: () => ({ boilings: [] }),
  cases: [
    on(KettleBoiled, ({ boilings }, { cups }, event) => {
      boilings.push({ cups, at: event.effectiveAt, revision: event.revision })
    }),
  ],
})
