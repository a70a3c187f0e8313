import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { defineProjection } from '../../src/kernel/folds.ts'

/** The open book's events in order, as they read at the newest shape. */
export interface AuditView {
  readonly events: RecordedEvent[]
}

export const auditTrailProjection = defineProjection<AuditView>({
  name: 'audit-trail',
  version: 1,
  summary: 'Every event of the open book, with what was said about it later.',
  initial: () => ({ events: [] }),
  every: (view, event) => {
    view.events.push(event)
  },
  cases: [],
})
