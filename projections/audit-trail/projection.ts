import type { Revision } from '../../src/kernel/book.ts'
import { defineProjection } from '../../src/kernel/folds.ts'

/** Where events of each type stand in the open book. The events themselves are read from the book: it is the trail. */
export interface AuditView {
  readonly byType: Map<string, Revision[]>
}

export const auditTrailProjection = defineProjection<AuditView>({
  name: 'audit-trail',
  version: 1,
  summary: 'Which events the open book has, by type.',
  initial: () => ({ byType: new Map() }),
  every: (view, event) => {
    const revisions = view.byType.get(event.type)
    if (revisions) revisions.push(event.revision)
    else view.byType.set(event.type, [event.revision])
  },
  cases: [],
})
