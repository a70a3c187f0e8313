import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BookId } from '../../src/kernel/book.ts'
import { type LedgerRecord, type Ledgers, StoreUnavailable } from '../../src/ledger/port.ts'
import { collect, freshBook, readAll, recordsFrom } from '../support/records.ts'
import { appendContract, expectConflict } from './ledgers-append.ts'
import { followContract, followed, of } from './ledgers-follow.ts'

export interface OpenedLedgers {
  readonly ledgers: Ledgers
  /** Closes the store and opens it again, for a store that outlives its adapter. */
  readonly reopen?: () => Promise<Ledgers>
  /** False for a store that does not know which ids it holds elsewhere, and leaves that to who makes them. */
  readonly findsTakenIds?: false
  readonly dispose: () => Promise<void>
}

/** Why a store cannot be had here. */
export interface Missing {
  readonly missing: string
}

/** What every adapter of {@link Ledgers} does. The store may hold other books, of other tests. */
export function ledgersContract(name: string, open: () => Promise<OpenedLedgers | Missing>): void {
  describe(`ledgers contract: ${name}`, () => {
    let opened: OpenedLedgers
    let ledgers: Ledgers
    beforeEach(async (context) => {
      const found = await open()
      if ('missing' in found) return context.skip(found.missing)
      opened = found
      ledgers = opened.ledgers
      return () => opened.dispose()
    })

    appendContract(
      () => ledgers,
      () => opened.findsTakenIds ?? true,
    )

    describe('read', () => {
      it('finds nothing in a book that is not there', async () => {
        expect(await collect(ledgers.read(freshBook()))).toEqual([])
      })

      it('reads in pages, any range of revisions', async () => {
        const id = freshBook()
        const records = recordsFrom(0, 1203)
        await ledgers.append(id, 'empty', records)
        const pages = await collect(ledgers.read(id))
        expect(pages.length).toBeGreaterThan(1)
        expect(pages.every((page) => page.length > 0)).toBe(true)
        expect(pages.flat()).toEqual(records)
        expect(await readAll(ledgers, id, { from: 1200 })).toEqual(records.slice(1200))
        expect(await readAll(ledgers, id, { to: 2 })).toEqual(records.slice(0, 3))
        expect(await readAll(ledgers, id, { from: 499, to: 1000 })).toEqual(records.slice(499, 1001))
        expect(await readAll(ledgers, id, { from: 7, to: 7 })).toEqual(records.slice(7, 8))
        expect(await readAll(ledgers, id, { from: 8, to: 7 })).toEqual([])
        expect(await readAll(ledgers, id, { from: 1203 })).toEqual([])
        expect(await readAll(ledgers, id, { from: 1000, to: 9000 })).toEqual(records.slice(1000))
      })

      it('ends at the head of the time of the call', async () => {
        const id = freshBook()
        await ledgers.append(id, 'empty', recordsFrom(0, 700))
        const read: LedgerRecord[] = []
        for await (const page of ledgers.read(id)) {
          if (read.length === 0) await ledgers.append(id, 699, recordsFrom(700, 5))
          read.push(...page)
        }
        expect(read).toHaveLength(700)
      })

      it('stops with the reason of the signal', async () => {
        const id = freshBook()
        await ledgers.append(id, 'empty', recordsFrom(0, 1200))
        const reason = new Error('the guest has left')
        await expect(readAll(ledgers, id, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
        const controller = new AbortController()
        const seen: LedgerRecord[] = []
        const reading = async () => {
          for await (const page of ledgers.read(id, { signal: controller.signal })) {
            seen.push(...page)
            // From outside the loop: the reader has to let the event loop turn.
            setImmediate(() => controller.abort(reason))
          }
        }
        await expect(reading()).rejects.toBe(reason)
        expect(seen.length).toBeGreaterThan(0)
        expect(seen.length).toBeLessThan(1200)
      })
    })

    followContract(() => ledgers)

    describe('list', () => {
      it('gives every book with its head, by community and book', async () => {
        const prefix = randomUUID()
        const ids = Array.from({ length: 1100 }, (_, n) => n).flatMap((n): BookId[] => {
          const community = `${prefix}-${String(n).padStart(4, '0')}`
          return n % 10 === 0
            ? [
                { community, book: 'private' },
                { community, book: 'open' },
              ]
            : [{ community, book: 'open' }]
        })
        await Promise.all(ids.toReversed().map((id, n) => ledgers.append(id, 'empty', recordsFrom(0, 1 + (n % 3)))))
        const listed = (await collect(ledgers.list())).filter(({ id }) => id.community.startsWith(prefix))
        const expected = await Promise.all(
          ids
            .toSorted((a, b) => (`${a.community} ${a.book}` < `${b.community} ${b.book}` ? -1 : 1))
            .map(async (id) => {
              const last = (await readAll(ledgers, id)).at(-1)
              return { id, head: { revision: last?.revision, hash: last?.hash } }
            }),
        )
        expect(listed).toEqual(expected)
      })

      it('leaves out a book whose only append was refused', async () => {
        const id = freshBook()
        await expectConflict(ledgers.append(id, 0, recordsFrom(1)), 0, 'empty')
        expect((await collect(ledgers.list())).filter((book) => book.id.community === id.community)).toEqual([])
      })
    })

    it('answers while it is open', async () => {
      await expect(ledgers.answers()).resolves.toBeUndefined()
    })

    describe('close', () => {
      it('waits for appends under way and refuses everything afterwards', async () => {
        const id = freshBook()
        const underWay = [ledgers.append(id, 'empty', recordsFrom(0)), ledgers.append(id, 0, recordsFrom(1))]
        const closing = ledgers.close()
        expect(await Promise.all(underWay)).toHaveLength(2)
        await closing
        await expect(ledgers.append(id, 1, recordsFrom(2))).rejects.toThrow(StoreUnavailable)
        await expect(ledgers.answers()).rejects.toThrow(StoreUnavailable)
        await expect(readAll(ledgers, id)).rejects.toThrow(StoreUnavailable)
        await expect(collect(ledgers.list())).rejects.toThrow(StoreUnavailable)
        const follow = async () => collect(ledgers.follow('start', new AbortController().signal))
        await expect(follow()).rejects.toThrow(StoreUnavailable)
        await expect(ledgers.close()).resolves.toBeUndefined()
      })

      it('ends a read and a waiting follower with StoreUnavailable', async () => {
        const id = freshBook()
        await ledgers.append(id, 'empty', recordsFrom(0, 1200))
        const following = collect(ledgers.follow('end', new AbortController().signal))
        const reading = async () => {
          for await (const _ of ledgers.read(id)) await ledgers.close()
        }
        await Promise.all([
          expect(following).rejects.toThrow(StoreUnavailable),
          expect(reading()).rejects.toThrow(StoreUnavailable),
        ])
      })

      it('keeps everything until the store is opened again', async (context) => {
        if (opened.reopen === undefined) return context.skip('this store does not outlive its adapter')
        const id = freshBook()
        const records = recordsFrom(0, 600)
        await ledgers.append(id, 'empty', records)
        const last = (await followed(ledgers, id, 'start', 600)).at(-1)
        const again = await opened.reopen()
        expect(await readAll(again, id)).toEqual(records)
        expect(await again.append(id, 'empty', records)).toEqual({ from: 0, to: 599 })
        await expectConflict(again.append(id, 598, recordsFrom(599)), 598, 599)
        expect(await again.append(id, 599, recordsFrom(600))).toEqual({ from: 600, to: 600 })
        expect(of(await followed(again, id, last?.position ?? 'end', 1), id)).toEqual([600])
      })
    })
  })
}
