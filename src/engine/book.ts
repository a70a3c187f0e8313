import type { BookId, Revision } from '../kernel/book.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'
import type { Expected } from '../ledger/port.ts'
import { MerkleTree } from '../ledger/proofs/merkle-tree.ts'

/** What a hot community keeps of one of its books: when and with which hash each record stands, and the tree over them. */
export class Book {
  readonly id: BookId
  readonly tree = new MerkleTree()
  readonly #recordedAt: number[] = []
  readonly #hashes: string[] = []
  #lastText = ''
  #lastMs = 0

  constructor(id: BookId) {
    this.id = id
  }

  /** Revision of the last record, durable or on its way; -1 before the first. */
  get head(): Revision {
    return this.#hashes.length - 1
  }

  get expected(): Expected {
    return this.head < 0 ? 'empty' : this.head
  }

  add(event: RecordedEvent, hash: string): void {
    // The records of one command share their text, and reading a date costs more than comparing two.
    if (event.recordedAt !== this.#lastText) {
      this.#lastText = event.recordedAt
      this.#lastMs = Date.parse(event.recordedAt)
    }
    this.#recordedAt.push(this.#lastMs)
    this.#hashes.push(hash)
    this.tree.append(hash)
  }

  hash(revision: Revision): string | undefined {
    return this.#hashes[revision]
  }

  /** When a revision was recorded, ms since 1970. */
  recordedAt(revision: Revision): number | undefined {
    return this.#recordedAt[revision]
  }

  /** The last revision recorded before the moment, -1 where there is none. Recorded times never decrease, so it is found by halves. */
  lastBefore(ms: number): Revision {
    let low = 0
    let high = this.#recordedAt.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#recordedAt[middle] ?? 0) < ms) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
