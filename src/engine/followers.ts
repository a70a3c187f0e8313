import type { RecordedEvent } from '../kernel/envelope.ts'

/** Whoever follows the open book as it grows: told of every event once it is durable, in order. */
export class Followers {
  readonly #listeners = new Set<(event: RecordedEvent) => void>()
  readonly #ends = new Set<() => void>()

  tell(events: readonly RecordedEvent[]): void {
    for (const listener of this.#listeners) for (const event of events) listener(event)
  }

  /** Ends every following: the community is loaded anew, and whoever follows asks again from where they were. */
  end(): void {
    for (const end of this.#ends) end()
    this.#listeners.clear()
    this.#ends.clear()
  }

  /** @returns a function that stops it. */
  add(listener: (event: RecordedEvent) => void, ended: () => void): () => void {
    this.#listeners.add(listener)
    this.#ends.add(ended)
    return () => {
      this.#listeners.delete(listener)
      this.#ends.delete(ended)
    }
  }
}
