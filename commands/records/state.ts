import { defineSlice, on } from '../../src/kernel/folds.ts'
import { CircleImported } from '../circles/events.ts'
import { HistoryClaimed } from '../community/events.ts'
import {
  CorrectionProposed,
  HoldingImported,
  HoldingReimported,
  ImportContradicted,
  ImportWithdrawn,
  PeopleMerged,
  PersonalDataErased,
  PersonImported,
  RecordAttested,
  RecordCorrected,
} from './events.ts'

/** An event as it reads now: with the data of its last correction, null where that says it never happened. */
export interface KnownEvent {
  readonly type: string
  readonly actor: string
  readonly data: unknown
}

export interface ImportedHolding {
  readonly holdingId: string
  /** Events that state it, oldest first, each with the row it came from. */
  rows: { readonly eventId: string; readonly importId: string; readonly row: string }[]
  /** The row that contradicted a correction last. */
  contradicted?: string
}

export interface ImportedPerson {
  readonly personId: string
  readonly eventId: string
  readonly importId: string
}

export interface RecordsState {
  readonly events: Map<string, KnownEvent>
  /** The data corrected events read with now. */
  readonly corrected: Map<string, Record<string, unknown> | null>
  readonly imports: Map<string, 'active' | 'withdrawn'>
  /** Imported persons by the fingerprint of their id in the source. */
  readonly peopleByKey: Map<string, ImportedPerson>
  readonly knownPersons: Set<string>
  /** Everybody an import ever named, withdrawn or not: their names stand in the book until they are erased. */
  readonly everKnown: Set<string>
  readonly erased: Set<string>
  /** Persons who came to be another one: whose history a member claimed, or whom the record had twice. */
  readonly claimedBy: Map<string, string>
  /** Imported holdings by their source key. */
  readonly holdings: Map<string, ImportedHolding>
  /** Corrections that wait, by their event: who has yet to attest. */
  readonly waiting: Map<string, Set<string>>
  readonly attestations: Map<string, Set<string>>
}

/** A row of a holdings import in one text, for telling a changed one from a repeat. */
export function holdingRowText(row: { to?: string | null | undefined; kind: string }): string {
  return JSON.stringify([row.to ?? null, row.kind])
}

/** The event as it reads now, with its original type; undefined where the book has none such. */
export function knownEvent(state: RecordsState, eventId: string): KnownEvent | undefined {
  const event = state.events.get(eventId)
  const data = state.corrected.get(eventId)
  return event && data !== undefined ? { ...event, data } : event
}

/** Who a person is by now: whoever claimed their history or was merged with them, else they themself. */
export function whoIs(state: RecordsState, personId: string): string {
  const next = state.claimedBy.get(personId)
  return next === undefined ? personId : whoIs(state, next)
}

type HoldingRow = { sourceKey: string; holdingId: string; importId: string; to?: string | undefined; kind: string }

function addRow(state: RecordsState, data: HoldingRow, event: { id: string }): void {
  const row = { eventId: event.id, importId: data.importId, row: holdingRowText(data) }
  const holding = state.holdings.get(data.sourceKey)
  if (holding) holding.rows.push(row)
  else state.holdings.set(data.sourceKey, { holdingId: data.holdingId, rows: [row] })
  state.imports.set(data.importId, 'active')
}

export const recordsSlice = defineSlice<RecordsState>({
  name: 'records',
  book: 'open',
  initial: () => ({
    events: new Map(),
    corrected: new Map(),
    imports: new Map(),
    peopleByKey: new Map(),
    knownPersons: new Set(),
    everKnown: new Set(),
    erased: new Set(),
    claimedBy: new Map(),
    holdings: new Map(),
    waiting: new Map(),
    attestations: new Map(),
  }),
  every: (state, { id, type, actor, data }) => void state.events.set(id, { type, actor, data }),
  cases: [
    on(PersonImported, (state, data, event) => {
      state.peopleByKey.set(data.personKey, { personId: data.personId, eventId: event.id, importId: data.importId })
      state.knownPersons.add(data.personId)
      state.everKnown.add(data.personId)
      state.imports.set(data.importId, 'active')
    }),
    on(CircleImported, (state, data) => void state.imports.set(data.importId, 'active')),
    on(HoldingImported, addRow),
    on(HoldingReimported, addRow),
    on(ImportContradicted, (state, data) => {
      state.imports.set(data.importId, 'active')
      for (const holding of state.holdings.values()) {
        if (holding.holdingId === data.holdingId) holding.contradicted = data.to ?? ''
      }
    }),
    on(ImportWithdrawn, (state, data) => {
      state.imports.set(data.importId, 'withdrawn')
      for (const [key, holding] of state.holdings) {
        holding.rows = holding.rows.filter((row) => row.importId !== data.importId)
        if (holding.rows.length === 0) state.holdings.delete(key)
      }
      const gone = new Set(data.personEvents.map((ref) => ref.id))
      for (const [key, person] of state.peopleByKey) if (gone.has(person.personId)) state.peopleByKey.delete(key)
      for (const personId of gone) state.knownPersons.delete(personId)
    }),
    on(CorrectionProposed, (state, data, event) => void state.waiting.set(event.id, new Set(data.needs))),
    on(RecordAttested, (state, data) => {
      state.waiting.get(data.eventId)?.delete(data.personId)
      const by = state.attestations.get(data.eventId) ?? new Set()
      state.attestations.set(data.eventId, by.add(data.personId))
    }),
    on(RecordCorrected, (state, data) => {
      state.corrected.set(data.targetEventId, data.replacement)
      const merged = state.events.get(data.targetEventId)
      if (merged?.type !== PeopleMerged.type) return
      const { keep, merge } = merged.data as { keep: string; merge: string }
      if (data.replacement === null) state.claimedBy.delete(merge)
      else state.claimedBy.set(merge, keep)
    }),
    on(PeopleMerged, (state, data) => void state.claimedBy.set(data.merge, data.keep)),
    on(HistoryClaimed, (state, data) => void state.claimedBy.set(data.knownPersonId, data.personId)),
    on(PersonalDataErased, (state, data) => void state.erased.add(data.personId)),
  ],
})
