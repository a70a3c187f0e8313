import { RecordCorrected } from '../../commands/records/events.ts'
import { DecisionNoted, HoldingNoted, NotAgreedSaid, NoteWitnessed } from '../../commands/scribe/events.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

/** A note with every word on it, in order. */
export interface NoteRecord {
  readonly noted: RecordedEvent<NotedHolding> | RecordedEvent<NotedDecision>
  /** What a holding's note says instead since a correction; null: that it never was. */
  readonly corrected: { readonly revision: number; readonly data: NotedHolding | null }[]
  readonly witnessed: RecordedEvent<Stored<(typeof NoteWitnessed)['fields']>>[]
  notAgreed?: RecordedEvent<Stored<(typeof NotAgreedSaid)['fields']>>
}

export type NotedHolding = Stored<(typeof HoldingNoted)['fields']>
export type NotedDecision = Stored<(typeof DecisionNoted)['fields']>

export interface NotesView {
  readonly notes: Map<string, NoteRecord>
  readonly byEvent: Map<string, string>
}

function note(view: NotesView, noteId: string, noted: NoteRecord['noted']): void {
  view.notes.set(noteId, { noted, corrected: [], witnessed: [] })
  view.byEvent.set(noted.id, noteId)
}

export const notesProjection = defineProjection<NotesView>({
  name: 'notes',
  version: 1,
  summary: 'What scribes noted, who witnessed it, and of what somebody said that it was not what was agreed.',
  initial: () => ({ notes: new Map(), byEvent: new Map() }),
  cases: [
    on(HoldingNoted, (view, data, event) => note(view, data.noteId, event)),
    on(DecisionNoted, (view, data, event) => note(view, data.noteId, event)),
    on(NoteWitnessed, (view, data, event) => void view.notes.get(data.noteId)?.witnessed.push(event)),
    on(NotAgreedSaid, (view, data, event) => {
      const noted = view.notes.get(data.noteId)
      if (noted) noted.notAgreed = event
    }),
    on(RecordCorrected, (view, data, { revision }) => {
      const noteId = view.byEvent.get(data.targetEventId)
      const replacement = data.replacement as NotedHolding | null
      if (noteId !== undefined) view.notes.get(noteId)?.corrected.push({ revision, data: replacement })
    }),
  ],
})
