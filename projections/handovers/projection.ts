import { RecordCorrected } from '../../commands/records/events.ts'
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
  readonly data: HandedOver
  readonly revision: Revision
  readonly acceptedAt: string
  readonly done: StepDone[]
  /** What it says instead since corrections of its dates. */
  readonly corrected: { readonly revision: Revision; readonly data: HandedOver }[]
}

type HandedOver = Stored<(typeof RoleHandedOver)['fields']>

/** A handover with the dates it had by what was recorded up to a revision. */
export function asSaid(handover: Handover, revision: Revision): Handover {
  const said = handover.corrected.findLast((each) => each.revision <= revision)
  return said ? { ...handover, data: said.data } : handover
}

export const handoversProjection = defineProjection<Map<string, Handover>>({
  name: 'handovers',
  version: 2,
  summary: 'Handovers by the holding that began with them, and which of their steps are done.',
  initial: () => new Map(),
  cases: [
    on(RoleHandedOver, (view, data, { revision, recordedAt }) => {
      view.set(data.holdingId, { data, revision, acceptedAt: recordedAt, done: [], corrected: [] })
    }),
    on(RecordCorrected, (view, { targetType, replacement }, { revision }) => {
      if (targetType !== RoleHandedOver.type || replacement === null) return
      const data = replacement as HandedOver
      view.get(data.holdingId)?.corrected.push({ revision, data })
    }),
    on(HandoverStepDone, (view, { holdingId, step }, { revision, recordedAt, actor }) => {
      view.get(holdingId)?.done.push({ step, revision, at: recordedAt, by: actor })
    }),
  ],
})
