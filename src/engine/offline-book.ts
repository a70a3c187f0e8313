import type { Revision } from '../kernel/book.ts'
import type { AskContext } from '../kernel/define-question.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'
import { type AnyProjection, Folds } from '../kernel/folds.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Registry } from '../kernel/registry.ts'
import type { LedgerRecord } from '../ledger/port.ts'
import { NO_MATTERS } from './matters.ts'
import { type AskedPoint, pointOf } from './point.ts'
import { upcast } from './upcasting.ts'

/**
 * Records of an open book in hand, all of them or some, folded with nothing behind them: no store, no keys, no clock.
 * Whoever has the same records gets the same answers, to the byte: names stay sealed, and now is when the last of the
 * records was made.
 */
export class OfflineBook {
  readonly #community: string
  readonly #registry: Registry
  readonly #views: Folds
  readonly #events: readonly RecordedEvent[]
  readonly #hashes = new Map<Revision, string>()
  readonly #byRevision = new Map<Revision, RecordedEvent>()

  /** @throws UnknownEvent for a record of a newer program, SyntaxError for one that is no JSON. */
  constructor(community: string, registry: Registry, records: readonly LedgerRecord[]) {
    this.#community = community
    this.#registry = registry
    this.#views = new Folds(registry.projections as readonly AnyProjection[])
    this.#events = records.map(({ text }) => upcast(JSON.parse(text) as RecordedEvent, registry.events))
    for (const [i, { revision, hash }] of records.entries()) {
      this.#hashes.set(revision, hash)
      const event = this.#events[i] as RecordedEvent
      this.#byRevision.set(revision, event)
      this.#views.apply(event)
    }
  }

  /** Revision of the last record in hand; -1 where there is none. */
  get head(): Revision {
    return this.#events.at(-1)?.revision ?? -1
  }

  /** The event of a revision, where it is in hand. */
  event(revision: Revision): RecordedEvent | undefined {
    return this.#byRevision.get(revision)
  }

  events(): readonly RecordedEvent[] {
    return this.#events
  }

  /** Asks a question by name. @returns a refusal as it is; undefined where what was named does not exist. */
  async ask(
    name: string,
    params: unknown,
    asked: AskedPoint = {},
  ): Promise<Record<string, unknown> | Refusal | undefined> {
    const question = this.#registry.questions.get(name)
    if (!question) throw new Error(`there is no question "${name}"`)
    const now = Date.parse(this.#events.at(-1)?.recordedAt ?? '1970-01-01T00:00:00Z')
    const book = { head: this.head, lastBefore: (ms: number) => this.#lastBefore(ms) }
    const point = pointOf(asked, book, now)
    if (isRefusal(point)) return point
    const context: AskContext = {
      ...point,
      community: this.#community,
      head: this.head,
      now,
      viewer: undefined,
      mine: NO_MATTERS,
      viewerLeftAt: undefined,
      pointAt: (asOf, asKnownAt, atRevision) => pointOf({ asOf, asKnownAt, atRevision }, book, now),
      open: () => undefined,
      recordedAt: (revision) => this.#byRevision.get(revision)?.recordedAt,
      hash: (revision) => this.#hashes.get(revision),
      events: (from, _, through = point.revision) => this.#eventsFrom(from, through),
      touches: (event) => this.#registry.events.get(event.type)?.touches(event.data as never) ?? [],
      sumOf: (slice) => {
        throw new Error(`an open book in hand has nothing of "${slice.name}"`)
      },
      fingerprint: () => '',
    }
    const views = Object.fromEntries(
      Object.entries(question.reads).map(([key, part]) => [key, this.#views.of(part as AnyProjection)]),
    )
    return question.ask(views, question.params.parse(params), context)
  }

  async *#eventsFrom(from: Revision, through: Revision): AsyncGenerator<RecordedEvent> {
    for (const event of this.#events) if (from <= event.revision && event.revision <= through) yield event
  }

  #lastBefore(ms: number): Revision {
    return this.#events.findLast(({ recordedAt }) => Date.parse(recordedAt) < ms)?.revision ?? -1
  }
}
