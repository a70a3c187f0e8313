import type { Revision } from '../kernel/book.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'

/**
 * The open revision at which each thing (`circle:…`, `role:…`) was touched last. Only conditional commands ask, so the
 * index is made when the first one comes, and kept from then on.
 */
export class TouchIndex {
  readonly #touchesOf: (event: RecordedEvent) => readonly string[]
  #last: Map<string, Revision> | undefined

  constructor(touchesOf: (event: RecordedEvent) => readonly string[]) {
    this.#touchesOf = touchesOf
  }

  /** Takes account of an event of the open book, where there is an index already. */
  note(event: RecordedEvent): void {
    if (this.#last) this.#add(this.#last, event)
  }

  /** The last revision that touched the thing; -1 for what no event touched. `events` reads the whole open book. */
  async lastTouchOf(touch: string, events: () => AsyncIterable<RecordedEvent>): Promise<Revision> {
    if (!this.#last) {
      const last = new Map<string, Revision>()
      for await (const event of events()) this.#add(last, event)
      this.#last = last
    }
    return this.#last.get(touch) ?? -1
  }

  #add(last: Map<string, Revision>, event: RecordedEvent): void {
    // A notice says that a date was reached: nothing changed, whoever ran the timer or not.
    if (event.via === 'timer') return
    for (const touch of this.#touchesOf(event)) last.set(touch, event.revision)
  }
}
