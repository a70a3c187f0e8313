import type { Failure } from './failure.ts'

/** `expected` and `actual` of a book without records. */
export const EMPTY = -1

/**
 * The appends of one transaction, column by column: arrays of one kind of value cross to the writer's thread several
 * times faster than an object for each append.
 */
export interface Group {
  /** The distinct books of the group: `communities[i]` and `names[i]` belong together. */
  readonly communities: string[]
  readonly names: string[]
  /** For each append: its book as an index of the two above, the revision it expects, its number of records. */
  readonly books: number[]
  readonly expected: number[]
  readonly counts: number[]
  /** For each record of all appends, one append after the other. */
  readonly ids: string[]
  readonly hashes: string[]
  readonly texts: string[]
}

/** An append that was refused while the rest of its group went through. */
export interface Conflict {
  /** Which append of the group. */
  readonly index: number
  readonly actual: number
  /** An id of the append that is in the store already, at another place. */
  readonly takenId?: string
}

export type ToWriter = Group | 'close'

export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'committed'; readonly conflicts: readonly Conflict[] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Something broke outside any append: no write may follow. */
  | { readonly kind: 'broken'; readonly failure: Failure }
