import { describe, expect, it } from 'vitest'
import type { BookId } from '../../src/kernel/book.ts'
import type { Followed, Ledgers } from '../../src/ledger/port.ts'
import { collect, freshBook, readAll, recordsFrom } from '../support/records.ts'

/** What every adapter does for those who follow all books. */
export function followContract(ledgers: () => Ledgers): void {
  describe('follow', () => {
    it('sees everything once and in order, also what is appended meanwhile', async () => {
      const [id, other] = [freshBook(), freshBook('private')]
      await ledgers().append(id, 'empty', recordsFrom(0, 700))
      const controller = new AbortController()
      const seen: Followed[] = []
      for await (const followed of ledgers().follow('start', controller.signal)) {
        if (followed.id.community !== id.community && followed.id.community !== other.community) continue
        seen.push(followed)
        // Once in the middle of a page, once when everything has been seen and the follower is about to wait.
        if (seen.length === 600) await ledgers().append(other, 'empty', recordsFrom(0, 3))
        if (seen.length === 703) setImmediate(() => ledgers().append(id, 699, recordsFrom(700)))
        if (seen.length === 704) controller.abort()
      }
      expect(of(seen, id)).toEqual([...Array(701).keys()])
      expect(of(seen, other)).toEqual([0, 1, 2])
      expect(seen[0]?.id).toEqual(id)
      expect(seen.slice(0, 1).map((followed) => followed.record)).toEqual(await readAll(ledgers(), id, { to: 0 }))
    })

    it('goes on after a position', async () => {
      const id = freshBook()
      await ledgers().append(id, 'empty', recordsFrom(0, 5))
      const third = (await followed(ledgers(), id, 'start', 5))[2]
      if (third === undefined) throw new Error('nothing followed')
      await ledgers().append(id, 4, recordsFrom(5))
      expect(of(await followed(ledgers(), id, third.position, 3), id)).toEqual([3, 4, 5])
    })

    it('starts at the end with what comes after the call', async () => {
      const id = freshBook()
      await ledgers().append(id, 'empty', recordsFrom(0, 2))
      const controller = new AbortController()
      const following = ledgers().follow('end', controller.signal)
      await ledgers().append(id, 1, recordsFrom(2, 2))
      const seen: number[] = []
      for await (const { id: from, record } of following) {
        if (from.community !== id.community) continue
        seen.push(record.revision)
        if (seen.length === 2) controller.abort()
      }
      expect(seen).toEqual([2, 3])
    })

    it('ends when the signal aborts, also while it waits', async () => {
      const controller = new AbortController()
      const waiting = collect(ledgers().follow('end', controller.signal))
      setImmediate(() => controller.abort())
      expect(await waiting).toEqual([])
      expect(await collect(ledgers().follow('start', AbortSignal.abort()))).toEqual([])
    })

    it('serves several followers, each at its own pace', async () => {
      const id = freshBook()
      const all = [1, 2, 3].map(() => followed(ledgers(), id, 'start', 40))
      for (let n = 0; n < 40; n++) await ledgers().append(id, n === 0 ? 'empty' : n - 1, recordsFrom(n))
      for (const seen of await Promise.all(all)) expect(of(seen, id)).toEqual([...Array(40).keys()])
    })
  })
}

/** The first `count` records of the book that a follower sees. */
export async function followed(ledgers: Ledgers, id: BookId, from: string, count: number): Promise<Followed[]> {
  const controller = new AbortController()
  const seen: Followed[] = []
  for await (const next of ledgers.follow(from, controller.signal)) {
    if (next.id.community === id.community) seen.push(next)
    if (seen.length === count) controller.abort()
  }
  return seen
}

/** The revisions of the book among what was seen. */
export function of(seen: readonly Followed[], id: BookId): number[] {
  return seen
    .filter((next) => next.id.community === id.community && next.id.book === id.book)
    .map(({ record }) => record.revision)
}
