import { defineSlice, on } from '../../src/kernel/folds.ts'
import { DecisionNoted, HoldingNoted, NotAgreedSaid, NoteWitnessed } from './events.ts'

/** A note as commands look at it. */
export interface Note {
  readonly noteId: string
  readonly eventId: string
  readonly scribe: string
  readonly about: readonly string[]
  readonly holdingId?: string
  /** Whose holding is noted. */
  readonly personId?: string
  readonly witnesses: Set<string>
  /** Until when it is open to "that's not what we agreed", ms; undefined while it has yet to count. */
  openUntil?: number
  notAgreed: boolean
}

export interface ScribeState {
  readonly notes: Map<string, Note>
}

export const scribeSlice = defineSlice<ScribeState>({
  name: 'scribe',
  book: 'open',
  initial: () => ({ notes: new Map() }),
  cases: [
    on(HoldingNoted, (state, data, event) => {
      const { noteId, holdingId, personId, openUntil } = data
      state.notes.set(noteId, {
        ...noted(data, event, HoldingNoted.touches(data)),
        holdingId,
        personId,
        ...(openUntil === undefined ? {} : { openUntil: Date.parse(openUntil) }),
      })
    }),
    on(DecisionNoted, (state, data, event) => {
      state.notes.set(data.noteId, noted(data, event, DecisionNoted.touches(data)))
    }),
    on(NoteWitnessed, (state, data) => {
      const note = state.notes.get(data.noteId)
      note?.witnesses.add(data.personId)
      if (note) note.openUntil = Date.parse(data.openUntil)
    }),
    on(NotAgreedSaid, (state, data) => {
      const note = state.notes.get(data.noteId)
      if (note) note.notAgreed = true
    }),
  ],
})

function noted(data: { noteId: string }, event: { id: string; actor: string }, about: readonly string[]): Note {
  return {
    noteId: data.noteId,
    eventId: event.id,
    scribe: event.actor,
    about,
    witnesses: new Set(),
    notAgreed: false,
  }
}
