import {
  CircleAmended,
  CircleClosed,
  CircleFormed,
  CircleImported,
  CircleReopened,
} from '../../commands/circles/events.ts'
import { type CircleFact, circleFold } from '../../commands/circles/facts.ts'
import { ImportWithdrawn, RecordCorrected } from '../../commands/records/events.ts'
import { FactLog } from '../../src/kernel/fact-log.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

export interface CirclesView {
  readonly facts: FactLog<CircleFact>
  /** Circle ids by the key of their source. */
  readonly byKey: Map<string, string>
  readonly importedBy: Map<string, { readonly eventId: string; readonly circleId: string }[]>
}

export const circlesProjection = defineProjection<CirclesView>({
  name: 'circles',
  version: 1,
  summary: 'Circles, their spells and wordings, and what is inside what, on two time axes.',
  initial: () => ({ facts: new FactLog(circleFold), byKey: new Map(), importedBy: new Map() }),
  cases: [
    on(CircleFormed, (view, data, event) => void view.facts.add(data.circleId, event)),
    on(CircleAmended, (view, data, event) => void view.facts.add(data.circleId, event)),
    on(CircleClosed, (view, data, event) => void view.facts.add(data.circleId, event)),
    on(CircleReopened, (view, data, event) => void view.facts.add(data.circleId, event)),
    on(CircleImported, (view, data, event) => {
      view.facts.add(data.circleId, event)
      view.byKey.set(data.key, data.circleId)
      const events = view.importedBy.get(data.importId) ?? []
      events.push({ eventId: event.id, circleId: data.circleId })
      view.importedBy.set(data.importId, events)
    }),
    on(RecordCorrected, (view, data, event) => {
      view.facts.replace(data.targetEventId, data.replacement, data.replacementEffectiveAt, event)
    }),
    on(ImportWithdrawn, (view, data, event) => {
      const gone = new Set(data.circleIds)
      for (const { eventId, circleId } of view.importedBy.get(data.importId) ?? []) {
        if (gone.has(circleId)) view.facts.replace(eventId, null, undefined, event)
      }
    }),
  ],
})
