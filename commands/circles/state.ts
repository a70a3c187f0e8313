import type { Actor } from '../../src/kernel/envelope.ts'
import { FactLog } from '../../src/kernel/fact-log.ts'
import { defineSlice, on } from '../../src/kernel/folds.ts'
import { ImportWithdrawn, RecordCorrected } from '../records/events.ts'
import { CircleAmended, CircleClosed, CircleFormed, CircleImported, CircleReopened } from './events.ts'
import { type CircleFact, circleFold } from './facts.ts'

interface ImportedSpell {
  readonly circleId: string
  readonly eventId: string
  readonly importId: string
  /** The row as it stands, to tell a changed one from a repeat. */
  readonly row: string
}

export interface CirclesState {
  readonly facts: FactLog<CircleFact>
  readonly formedBy: Map<string, string>
  readonly byKey: Map<string, string>
  /** Imported spells by their fingerprint. */
  readonly spells: Map<string, ImportedSpell[]>
}

/** A row of a circle import in one text, for comparing. */
export function circleRowText(row: {
  name: string
  kind: string
  parentId?: string | undefined
  from: string
  to?: string | undefined
}): string {
  return JSON.stringify([row.name, row.kind, row.parentId ?? null, row.from, row.to ?? null])
}

/** What is so of a circle at a moment (ms), as the book says now. */
export function circleAt(state: CirclesState, circleId: string, t: number): CircleFact | undefined {
  return currentFacts(state, circleId).find((v) => v.from.earliest <= t && t < v.to.latest)?.fact
}

/** Whether the book knows the circle, closed or not. */
export function circleExists(state: CirclesState, circleId: string): boolean {
  return state.facts.has(circleId)
}

/** The circle a row of an import names: by its key in the record, or one formed here by its id. */
export function circleInRow({ byKey, formedBy }: CirclesState, ref: string): string | undefined {
  return byKey.get(ref) ?? (formedBy.has(ref) ? ref : undefined)
}

/** Whether putting `circleId` inside `parentId` would put it inside itself. */
export function wouldCycle(state: CirclesState, circleId: string, parentId: string, t: number): boolean {
  const seen = new Set<string>()
  let at: string | undefined = parentId
  while (at !== undefined && !seen.has(at)) {
    if (at === circleId) return true
    seen.add(at)
    at = circleAt(state, at, t)?.parentId ?? currentFacts(state, at).at(-1)?.fact.parentId
  }
  return false
}

/** Whether a person or the operator formed the circle. */
export function formedIt(state: CirclesState, circleId: string, actor: Actor): boolean {
  const by = state.formedBy.get(circleId)
  return actor.kind === 'person' ? by === actor.personId : by === actor.kind
}

function currentFacts(state: CirclesState, circleId: string) {
  return state.facts.versions(circleId).filter((version) => version.knownTo === Number.POSITIVE_INFINITY)
}

export const circlesSlice = defineSlice<CirclesState>({
  name: 'circles',
  book: 'open',
  initial: () => ({ facts: new FactLog(circleFold), formedBy: new Map(), byKey: new Map(), spells: new Map() }),
  cases: [
    on(CircleFormed, (state, data, event) => {
      state.facts.add(data.circleId, event)
      state.formedBy.set(data.circleId, event.actor)
    }),
    on(CircleAmended, (state, data, event) => void state.facts.add(data.circleId, event)),
    on(CircleClosed, (state, data, event) => void state.facts.add(data.circleId, event)),
    on(CircleReopened, (state, data, event) => void state.facts.add(data.circleId, event)),
    on(CircleImported, (state, data, event) => {
      state.facts.add(data.circleId, event)
      state.byKey.set(data.key, data.circleId)
      if (!state.formedBy.has(data.circleId)) state.formedBy.set(data.circleId, 'operator')
      const rows = state.spells.get(data.spell) ?? []
      rows.push({ circleId: data.circleId, eventId: event.id, importId: data.importId, row: circleRowText(data) })
      state.spells.set(data.spell, rows)
    }),
    on(RecordCorrected, (state, data, event) => {
      state.facts.replace(data.targetEventId, data.replacement, data.replacementEffectiveAt, event)
    }),
    on(ImportWithdrawn, (state, data, event) => {
      const gone = new Set(data.circleIds)
      for (const [spell, rows] of state.spells) {
        const kept = rows.filter((row) => row.importId !== data.importId || !gone.has(row.circleId))
        if (kept.length === rows.length) continue
        for (const row of rows) if (!kept.includes(row)) state.facts.replace(row.eventId, null, undefined, event)
        if (kept.length > 0) state.spells.set(spell, kept)
        else state.spells.delete(spell)
      }
      for (const [key, circleId] of state.byKey)
        if (gone.has(circleId) && !circleExists(state, circleId)) state.byKey.delete(key)
    }),
  ],
})
