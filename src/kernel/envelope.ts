import type { BookName, Revision } from './book.ts'

/** How an act reached the book. */
export type Via = 'session' | 'token' | 'operator-cli' | 'timer'

/** Who acts: a person in their own name, the operator, a service with a token, or the engine's timer. */
export type Actor =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'operator' }
  | { readonly kind: 'service'; readonly label: string }
  | { readonly kind: 'engine' }

/** The actor as it stands in a record: a person's id, `operator`, `engine` or `service:<label>`. */
export function actorText(actor: Actor): string {
  if (actor.kind === 'person') return actor.personId
  return actor.kind === 'service' ? `service:${actor.label}` : actor.kind
}

/** What a record holds; its canonical JSON text is the record. */
export interface Envelope {
  readonly community: string
  readonly book: BookName
  readonly revision: Revision
  readonly id: string
  readonly type: string
  readonly schemaVersion: number
  readonly data: unknown
  readonly actor: string
  readonly capacity?: string
  readonly via: Via
  /** When it is true in the world: a date by its form, derived from the data by the event type. */
  readonly effectiveAt: string
  /** When the book learned it: RFC 3339, never before the record before it. */
  readonly recordedAt: string
  readonly commandId: string
  readonly requestHash: string
  readonly correlationId: string
  readonly causationId?: string
  /** Leaf hash of the record before it; null in the first one. */
  readonly previous: string | null
  /** Private book only: who may read it, by person id. */
  readonly parties?: readonly string[]
  /** Private book only: the open revision it was decided at, -1 before the first. */
  readonly openRevision?: Revision
  /** Private book only: the ask, case or pair it belongs to. */
  readonly matter?: string
  /** Private book only: its gapless 0-based place among the records of its matter. */
  readonly matterRevision?: Revision
  /** Private book only: matter hash of the record before it in its matter; null in the first one. */
  readonly previousInMatter?: string | null
}

/** A record as folds see it: its data brought to the newest shape. */
export interface RecordedEvent<Data = unknown> extends Envelope {
  readonly data: Data
}
