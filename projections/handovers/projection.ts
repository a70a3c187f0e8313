import { HandoverStepDone, RoleHandedOver } from '../../commands/roles/holding-events.ts'
import type { Revision } from '../../src/kernel/book.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

/** A step of a handover somebody said is done. */
export interface StepDone {
  readonly step: number
  readonly revision: Revision
  readonly at: string
  readonly by: string
}

/** A handover as its receiver accepted it, with the steps ticked since. */
export interface Handover {
  readonly data: Stored<(typeof RoleHandedOver)['fields']>
  readonly revision: Revision
  readonly acceptedAt: string
  readonly done: StepDone[]
}

export const handoversProjection = defineProjection<Map<string, Handover>>({
  name: 'handovers',
  version: 1,
  summary: 'Handovers by the holding that began with them, and which of their steps are done.',
  initial: () => new Map(),
  cases: [
    on(RoleHandedOver, (view, data, { revision, recordedAt }) => {
      view.set(data.holdingId, { data, revision, acceptedAt: recordedAt, done: [] })
    }),
    on(HandoverStepDone, (view, { holdingId, step }, { revision, recordedAt, actor }) => {
      view.get(holdingId)?.done.push({ step, revision, at: recordedAt, by: actor })
    }),
  ],
})
