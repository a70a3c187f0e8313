import type { BookName } from './book.ts'
import type { AnyEvent, EventDefinition, EventFields, Stored } from './define-event.ts'
import { defined } from './definitions.ts'
import type { RecordedEvent } from './envelope.ts'
import { forkOf } from './fork.ts'

/** What one event does to one fold. Pure: no clock, no I/O, the same for the same events. */
export type Apply<State> = (state: State, event: RecordedEvent) => void

/** A case of a fold: an event type and what it does. */
export interface Case<State> {
  readonly event: AnyEvent
  readonly apply: Apply<State>
}

/** Binds a case to an event's definition, so that its data is typed. */
export function on<State, T extends string, F extends EventFields>(
  event: EventDefinition<T, F>,
  apply: (state: State, data: Stored<F>, event: RecordedEvent<Stored<F>>) => void,
): Case<State> {
  return {
    event: event as unknown as AnyEvent,
    apply: (state, recorded) => apply(state, recorded.data as Stored<F>, recorded as RecordedEvent<Stored<F>>),
  }
}

/** A slice of the state commands are decided against: one area's fold of one book. */
export interface Slice<State = unknown> {
  readonly name: string
  readonly book: BookName
  /** The commands and rules of notices that may read it, by name, where not all may. */
  readonly readBy?: readonly string[]
  initial(): State
  readonly cases: readonly Case<State>[]
  /** A case for every event, before the others. */
  readonly every?: Apply<State>
}

export function defineSlice<State>(slice: Slice<State>): Slice<State> {
  return defined('slice', slice)
}

/** A read model: a fold of the open book that questions are answered from. It owns its view and may change it in place. */
export interface Projection<View = unknown> {
  readonly name: string
  /** Raise it when the view's shape or meaning changes: a digest is of one version. */
  readonly version: number
  readonly summary: string
  initial(): View
  readonly cases: readonly Case<View>[]
  readonly every?: Apply<View>
}

export function defineProjection<View>(projection: Projection<View>): Projection<View> {
  return defined('projection', projection)
}

// biome-ignore lint/suspicious/noExplicitAny: registries hold slices of every state type
export type AnySlice = Slice<any>
// biome-ignore lint/suspicious/noExplicitAny: registries hold projections of every view type
export type AnyProjection = Projection<any>

/** The book a part folds: views are of the open one. */
export function bookOf(part: AnySlice | AnyProjection): BookName {
  return 'book' in part ? part.book : 'open'
}

/** A fold in progress: the state of several slices or projections, fed event by event. */
export class Folds {
  readonly #states = new Map<string, unknown>()
  readonly #byType = new Map<string, ((event: RecordedEvent) => void)[]>()
  readonly #every: ((event: RecordedEvent) => void)[] = []

  constructor(
    parts: readonly (AnySlice | AnyProjection)[],
    stateOf = (part: AnySlice | AnyProjection) => part.initial(),
  ) {
    for (const part of parts) {
      const state = stateOf(part)
      this.#states.set(part.name, state)
      const { every } = part
      const book = bookOf(part)
      if (every) this.#every.push((event) => event.book === book && every(state, event))
      for (const { event, apply } of part.cases) {
        const list = this.#byType.get(event.type) ?? []
        list.push((recorded) => apply(state, recorded))
        this.#byType.set(event.type, list)
      }
    }
  }

  /** A fold of some of these parts that goes on by itself from where this one stands. */
  fork(parts: readonly AnySlice[]): Folds {
    return new Folds(parts, (part) => forkOf(this.of(part)))
  }

  apply(event: RecordedEvent): void {
    for (const apply of this.#every) apply(event)
    const list = this.#byType.get(event.type)
    if (list) for (const apply of list) apply(event)
  }

  /** The state of a part. @throws Error where the part is not in this fold. */
  of<State>(part: Slice<State> | Projection<State>): State {
    if (!this.#states.has(part.name)) throw new Error(`"${part.name}" is not part of this fold`)
    return this.#states.get(part.name) as State
  }

  /** Names and states, in the order the parts were given. */
  entries(): IterableIterator<[string, unknown]> {
    return this.#states.entries()
  }
}
