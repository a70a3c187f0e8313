import { CircleImported } from '../../commands/circles/events.ts'
import {
  CorrectionProposed,
  HoldingImported,
  HoldingReimported,
  ImportContradicted,
  ImportWithdrawn,
  PersonImported,
  RecordAnnotated,
  RecordAttested,
  RecordCorrected,
  RecordDisputed,
} from '../../commands/records/events.ts'
import { RoleImported } from '../../commands/roles/events.ts'
import { NotAgreedSaid, NoteWitnessed } from '../../commands/scribe/events.ts'
import type { Revision } from '../../src/kernel/book.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

/** What was said about an event afterwards: corrections, proposals, attestations, disputes, annotations, words on a note. */
export type Remark = RecordedEvent & { readonly data: Record<string, unknown> }

export interface ImportCounts {
  circles: number
  people: number
  roles: number
  holdings: number
  reimported: number
}

export interface ImportRecord {
  readonly importId: string
  /** At which revisions it brought what, so that the counts can be given as they were at any revision. */
  readonly brought: { readonly [K in keyof ImportCounts]: Revision[] }
  readonly contradictions: RecordedEvent[]
  withdrawnAt?: Revision
}

export interface RecordsView {
  /** By the event they are about, in order. */
  readonly remarks: Map<string, Remark[]>
  readonly imports: Map<string, ImportRecord>
}

function remark(view: RecordsView, about: string, event: RecordedEvent): void {
  const remarks = view.remarks.get(about) ?? []
  remarks.push(event as Remark)
  view.remarks.set(about, remarks)
}

function importOf(view: RecordsView, importId: string): ImportRecord {
  const known = view.imports.get(importId) ?? {
    importId,
    brought: { circles: [], people: [], roles: [], holdings: [], reimported: [] },
    contradictions: [],
  }
  view.imports.set(importId, known)
  return known
}

const brought =
  (what: keyof ImportCounts) => (view: RecordsView, data: { importId: string }, event: { revision: Revision }) => {
    importOf(view, data.importId).brought[what].push(event.revision)
  }

export const recordsProjection = defineProjection<RecordsView>({
  name: 'records',
  version: 2,
  summary: 'What was said about events afterwards, and what each import brought.',
  initial: () => ({ remarks: new Map(), imports: new Map() }),
  cases: [
    on(CorrectionProposed, (view, data, event) => remark(view, data.targetEventId, event)),
    on(RecordCorrected, (view, data, event) => remark(view, data.targetEventId, event)),
    on(RecordAttested, (view, data, event) => remark(view, data.eventId, event)),
    on(RecordDisputed, (view, data, event) => remark(view, data.eventId, event)),
    on(RecordAnnotated, (view, data, event) => remark(view, data.eventId, event)),
    on(NoteWitnessed, (view, data, event) => remark(view, data.noteEventId, event)),
    on(NotAgreedSaid, (view, data, event) => remark(view, data.noteEventId, event)),
    on(CircleImported, brought('circles')),
    on(PersonImported, brought('people')),
    on(RoleImported, brought('roles')),
    on(HoldingImported, brought('holdings')),
    on(HoldingReimported, brought('reimported')),
    on(ImportContradicted, (view, data, event) => void importOf(view, data.importId).contradictions.push(event)),
    on(ImportWithdrawn, (view, data, event) => {
      importOf(view, data.importId).withdrawnAt = event.revision
    }),
  ],
})

/** Whether a person named by one of the events had disputed it by a revision. */
export function isDisputed(view: RecordsView, evidence: readonly string[], revision: Revision): boolean {
  if (view.remarks.size === 0) return false
  return evidence.some((id) =>
    view.remarks.get(id)?.some((r) => r.type === RecordDisputed.type && r.revision <= revision),
  )
}

/** Whether the person themself had attested one of the events by a revision. */
export function isAttestedBy(
  view: RecordsView,
  evidence: readonly string[],
  personId: string,
  revision: Revision,
): boolean {
  if (view.remarks.size === 0) return false
  return evidence.some((id) =>
    view.remarks
      .get(id)
      ?.some((r) => r.type === RecordAttested.type && r.revision <= revision && r.data.personId === personId),
  )
}

/** Who had attested an event by a revision, in the order in which they did. */
export function attestersOf(view: RecordsView, eventId: string, revision: Revision): readonly string[] {
  const attested = (view.remarks.get(eventId) ?? []).filter(
    (remark) => remark.type === RecordAttested.type && remark.revision <= revision,
  )
  return attested.map(({ data }) => String(data.personId))
}
