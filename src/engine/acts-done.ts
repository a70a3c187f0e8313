import type { BookName, Revision } from '../kernel/book.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'

/** Where the events of a command stand: its answer is made from them, whenever it is asked for again. */
export interface ActDone {
  readonly requestHash: string
  readonly book: BookName
  readonly first: Revision
  last: Revision
}

/** Every command a community's books hold, by id: what makes a retry safe for ever, with no table of answers. */
export class ActsDone {
  readonly #byCommand = new Map<string, ActDone>()

  note({ commandId, requestHash, book, revision }: RecordedEvent): void {
    const known = this.#byCommand.get(commandId)
    if (known) known.last = revision
    else this.#byCommand.set(commandId, { requestHash, book, first: revision, last: revision })
  }

  of(commandId: string): ActDone | undefined {
    return this.#byCommand.get(commandId)
  }
}
