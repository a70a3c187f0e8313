import type { BookId } from '../../kernel/book.ts'
import { type Appended, type Expected, type LedgerRecord, type NonEmpty, RevisionConflict } from '../port.ts'
import { type Conflict, EMPTY, type Group } from './messages.ts'

/** Characters from which on a batch takes no more appends, so that a long import does not hold up everyone else. */
const FULL_AT = 4 * 1024 * 1024

interface Pending {
  readonly expected: Expected
  readonly appended: Appended
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
}

/** Appends that will share one transaction, and the promises that wait for it. */
export class Batch {
  readonly group: Group = {
    communities: [],
    names: [],
    books: [],
    expected: [],
    counts: [],
    ids: [],
    hashes: [],
    texts: [],
  }
  readonly #indexes = new Map<string, number>()
  readonly #pending: Pending[] = []
  #characters = 0

  get isFull(): boolean {
    return this.#characters >= FULL_AT
  }

  /** Adds an append behind those that are there. The promise is settled by {@link settle} or {@link reject}. */
  add(id: BookId, expected: Expected, records: NonEmpty<LedgerRecord>): Promise<Appended> {
    const { group } = this
    const last = expected === 'empty' ? EMPTY : expected
    group.books.push(this.#indexOf(id))
    group.expected.push(last)
    group.counts.push(records.length)
    for (const { id, hash, text } of records) {
      group.ids.push(id)
      group.hashes.push(hash)
      group.texts.push(text)
      this.#characters += text.length
    }
    return new Promise((resolve, reject) => {
      this.#pending.push({ expected, appended: { from: last + 1, to: last + records.length }, resolve, reject })
    })
  }

  /** The transaction is committed: everyone gets their answer. */
  settle(conflicts: readonly Conflict[]): void {
    const refused = new Map(conflicts.map((conflict) => [conflict.index, conflict]))
    for (const [index, { expected, appended, resolve, reject }] of this.#pending.entries()) {
      const conflict = refused.get(index)
      if (conflict === undefined) resolve(appended)
      else reject(conflictError(expected, conflict))
    }
  }

  /** The transaction failed: everyone gets the same error. */
  reject(error: Error): void {
    for (const { reject } of this.#pending) reject(error)
  }

  #indexOf({ community, book }: BookId): number {
    const key = `${book} ${community}`
    const known = this.#indexes.get(key)
    if (known !== undefined) return known
    const index = this.group.communities.push(community) - 1
    this.group.names.push(book)
    this.#indexes.set(key, index)
    return index
  }
}

function conflictError(expected: Expected, { actual, takenId }: Conflict): RevisionConflict {
  const conflict = new RevisionConflict(expected, actual === EMPTY ? 'empty' : actual)
  if (takenId !== undefined) conflict.message = `the record id ${takenId} is already in the store, at another place`
  return conflict
}
