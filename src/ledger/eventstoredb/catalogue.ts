import { randomUUID } from 'node:crypto'
import type { NonEmpty } from '../port.ts'
import type { Connection } from './connection.ts'
import type { EventToStore } from './stored-event.ts'
import { CATALOGUE } from './streams.ts'

const PAGE = 500
const MOST_AT_ONCE = 1000
const TYPE = 'BookBegan'

/**
 * The names of all streams that hold a book, in a stream of their own: the store itself has no list of streams but one
 * that a system projection makes, which may be off. A name is entered before its stream is begun, so that no book is
 * ever missing; a name whose stream never began, or that two nodes entered at once, does no harm.
 */
export class Catalogue {
  readonly #connection: Connection
  readonly #entered = new Set<string>()
  readonly #waiting = new Set<string>()
  #entry: Promise<void> = Promise.resolve()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Sees to it that the name is in the catalogue. Names that come while an entry is under way go in together. */
  async enter(stream: string): Promise<void> {
    if (this.#entered.has(stream)) return
    this.#waiting.add(stream)
    const entry = this.#entry.catch(() => undefined).then(() => this.#enterWaiting())
    this.#entry = entry
    entry.catch(() => undefined)
    await entry
    // Another entry may have taken the name along and failed.
    if (!this.#entered.has(stream)) await this.enter(stream)
  }

  /** All names, each once, in no order. */
  async names(): Promise<ReadonlySet<string>> {
    const names = new Set<string>()
    const last = await this.#connection.last(CATALOGUE)
    const entries = last === undefined ? 0 : Number(last.revision) + 1
    for (let from = 0; from < entries; from += PAGE) {
      const page = await this.#connection.page(CATALOGUE, from, Math.min(PAGE, entries - from))
      for (const { data } of page) if (data instanceof Uint8Array) names.add(Buffer.from(data).toString('utf8'))
    }
    return names
  }

  async #enterWaiting(): Promise<void> {
    const names = [...this.#waiting].slice(0, MOST_AT_ONCE)
    const [first, ...rest] = names.map(entryOf)
    if (first === undefined) return
    for (const name of names) this.#waiting.delete(name)
    const events: NonEmpty<EventToStore> = [first, ...rest]
    await this.#connection.append(CATALOGUE, 'any', events)
    for (const name of names) this.#entered.add(name)
  }
}

/** With an id of its own each time: one entry of old names and new ones would be refused for the old ones' ids. */
function entryOf(stream: string): EventToStore {
  return { id: randomUUID(), type: TYPE, data: Buffer.from(stream), metadata: undefined }
}
