import type { BookName } from '../kernel/book.ts'
import type { LedgerRecord } from '../ledger/port.ts'

const MOST = 1000

/** A record that another node may have written, as it came. */
export interface Heard {
  readonly book: BookName
  readonly record: LedgerRecord
}

/**
 * What a community has heard of its books and not taken in yet. When it is too much to keep, all of it is let go: the
 * books are read on from the store instead.
 */
export class Inbox {
  #waiting: Heard[] = []
  #overflown = false

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && !this.#overflown
  }

  add(heard: Heard): void {
    if (this.#overflown) return
    this.#waiting.push(heard)
    if (this.#waiting.length > MOST) {
      this.#overflown = true
      this.#waiting = []
    }
  }

  /** All that waits, which is no longer kept; undefined where it was too much. */
  take(): readonly Heard[] | undefined {
    const waiting = this.#overflown ? undefined : this.#waiting
    this.#waiting = []
    this.#overflown = false
    return waiting
  }
}
