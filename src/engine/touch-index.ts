import type { Revision } from '../kernel/book.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'

/**
 * The open revision at which each thing (`circle:…`, `role:…`) was touched last. Only conditional commands ask, so the
 * index is made when the first one comes, and kept from then on.
 */
export class TouchIndex {
  readonly #touchesOf: (event: RecordedEvent) => readonly string[]
  #last: Map<string, Revision> | undefined
  #making: Promise<Map<string, Revision>> | undefined
  #meanwhile: RecordedEvent[] = []

  constructor(touchesOf: (event: RecordedEvent) => readonly string[]) {
    this.#touchesOf = touchesOf
  }

  /** Takes account of an event of the open book, where there is an index already, or one is being made. */
  note(event: RecordedEvent): void {
    if (this.#last) this.#add(this.#last, event)
    else if (this.#making) this.#meanwhile.push(event)
  }

  /**
   * The last revision that touched the thing; -1 for what no event touched. `events` reads the open book to where it is
   * when it is called.
   */
  async lastTouchOf(touch: string, events: () => AsyncIterable<RecordedEvent>): Promise<Revision> {
    const last = this.#last ?? (await this.#made(events))
    return last.get(touch) ?? -1
  }

  #made(events: () => AsyncIterable<RecordedEvent>): Promise<Map<string, Revision>> {
    this.#making ??= this.#make(events()).finally(() => {
      this.#making = undefined
      this.#meanwhile = []
    })
    return this.#making
  }

  async #make(events: AsyncIterable<RecordedEvent>): Promise<Map<string, Revision>> {
    const last = new Map<string, Revision>()
    for await (const event of events) this.#add(last, event)
    for (const event of this.#meanwhile) this.#add(last, event)
    this.#last = last
    return last
  }

  #add(last: Map<string, Revision>, event: RecordedEvent): void {
    // A notice says that a date was reached: nothing changed, whoever ran the timer or not.
    if (event.via === 'timer') return
    for (const touch of this.#touchesOf(event)) last.set(touch, event.revision)
  }
}
