import { HoldingImported, HoldingReimported, ImportWithdrawn, RecordCorrected } from '../../commands/records/events.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'
import { RosterView } from './roster-view.ts'

function add(view: RosterView, data: { holdingId: string; importId: string }, event: RecordedEvent): void {
  view.place(view.holdings.add(data.holdingId, event))
  const events = view.byImport.get(data.importId)
  if (events) events.push(event.id)
  else view.byImport.set(data.importId, [event.id])
}

export const rosterProjection = defineProjection<RosterView>({
  name: 'roster',
  version: 1,
  summary: 'Who held which role when, on two time axes.',
  initial: () => new RosterView(),
  cases: [
    on(HoldingImported, add),
    on(HoldingReimported, add),
    on(RecordCorrected, (view, data, event) => {
      view.place(view.holdings.replace(data.targetEventId, data.replacement, data.replacementEffectiveAt, event))
    }),
    on(ImportWithdrawn, (view, data, event) => {
      for (const id of view.byImport.get(data.importId) ?? [])
        view.place(view.holdings.replace(id, null, undefined, event))
    }),
  ],
})
