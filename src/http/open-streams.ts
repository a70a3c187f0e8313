import type { EventStream } from './event-stream.ts'

const MOST = 200
const MOST_OF_ONE = 5

/** The streams that are open: how many more may be, and how all of them end. */
export class OpenStreams {
  readonly #streams = new Map<EventStream, string>()
  #closing = false

  hasRoomFor(reader: string): boolean {
    let own = 0
    for (const each of this.#streams.values()) if (each === reader) own += 1
    return own < MOST_OF_ONE && this.#streams.size < MOST
  }

  add(stream: EventStream, reader: string): void {
    this.#streams.set(stream, reader)
    stream.atClose(() => this.#streams.delete(stream))
    if (this.#closing) stream.end()
  }

  /** Ends every stream, and from then on every new one. */
  endAll(): void {
    this.#closing = true
    for (const stream of this.#streams.keys()) stream.end()
  }
}
