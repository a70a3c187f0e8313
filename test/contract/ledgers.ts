import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BookId } from '../../src/kernel/book.ts'
import {
  type Followed,
  type LedgerRecord,
  type Ledgers,
  RecordTooLarge,
  RevisionConflict,
  StoreUnavailable,
} from '../../src/ledger/port.ts'
import { collect, freshBook, readAll, recordOf, recordsFrom } from '../support/records.ts'
import { modelAgrees } from './ledgers-model.ts'

export interface OpenedLedgers {
  readonly ledgers: Ledgers
  /** Closes the store and opens it again, for a store that outlives its adapter. */
  readonly reopen?: () => Promise<Ledgers>
  readonly dispose: () => Promise<void>
}

/** What every adapter of {@link Ledgers} does. The store may hold other books, of other tests. */
export function ledgersContract(name: string, open: () => Promise<OpenedLedgers>): void {
  describe(`ledgers contract: ${name}`, () => {
    let opened: OpenedLedgers
    let ledgers: Ledgers
    beforeEach(async () => {
      opened = await open()
      ledgers = opened.ledgers
    })
    afterEach(() => opened.dispose())

    describe('append', () => {
      it('keeps records as they are, in order, without a gap', async () => {
        const id = freshBook()
        const records = [...recordsFrom(0, 3), recordOf(3, 'Grüße, 客人, 🏡 "\\u0000"'), ...recordsFrom(4, 2)]
        expect(await ledgers.append(id, 'empty', recordsFrom(0))).toEqual({ from: 0, to: 0 })
        const other = freshBook()
        const [first, ...rest] = records
        if (first === undefined) throw new Error('no records')
        expect(await ledgers.append(other, 'empty', [first, ...rest])).toEqual({ from: 0, to: 5 })
        expect(await ledgers.append(other, 5, recordsFrom(6))).toEqual({ from: 6, to: 6 })
        expect((await readAll(ledgers, other)).slice(0, 6)).toEqual(records)
        expect((await readAll(ledgers, other)).map((record) => record.revision)).toEqual([0, 1, 2, 3, 4, 5, 6])
        expect(await readAll(ledgers, id)).toHaveLength(1)
      })

      it('tells a writer at the wrong revision where the book is, and writes nothing', async () => {
        const id = freshBook()
        await expectConflict(ledgers.append(id, 3, recordsFrom(4)), 3, 'empty')
        const records = recordsFrom(0, 2)
        await ledgers.append(id, 'empty', records)
        await expectConflict(ledgers.append(id, 'empty', recordsFrom(0)), 'empty', 1)
        await expectConflict(ledgers.append(id, 0, recordsFrom(1)), 0, 1)
        await expectConflict(ledgers.append(id, 2, recordsFrom(3)), 2, 1)
        expect(await readAll(ledgers, id)).toEqual(records)
      })

      it('keeps the open and the private book of a community apart', async () => {
        const open = freshBook()
        const own: BookId = { ...open, book: 'private' }
        const [a, b] = [recordsFrom(0, 2), recordsFrom(0, 1)]
        await ledgers.append(open, 'empty', a)
        await ledgers.append(own, 'empty', b)
        expect(await readAll(ledgers, open)).toEqual(a)
        expect(await readAll(ledgers, own)).toEqual(b)
      })

      it('answers a repeated append as if it had just been made', async () => {
        const id = freshBook()
        const [first, second] = [recordsFrom(0, 2), recordsFrom(2, 2)]
        await ledgers.append(id, 'empty', first)
        await ledgers.append(id, 1, second)
        expect(await ledgers.append(id, 'empty', first)).toEqual({ from: 0, to: 1 })
        expect(await ledgers.append(id, 1, second)).toEqual({ from: 2, to: 3 })
        expect(await Promise.all([ledgers.append(id, 3, recordsFrom(4)), ledgers.append(id, 1, second)])).toEqual([
          { from: 4, to: 4 },
          { from: 2, to: 3 },
        ])
        expect(await readAll(ledgers, id)).toHaveLength(5)
      })

      it('answers two equal appends under way at the same time, and writes one', async () => {
        const id = freshBook()
        const records = recordsFrom(0, 2)
        const both = await Promise.all([ledgers.append(id, 'empty', records), ledgers.append(id, 'empty', records)])
        expect(both).toEqual([
          { from: 0, to: 1 },
          { from: 0, to: 1 },
        ])
        expect(await readAll(ledgers, id)).toEqual(records)
      })

      it('does not take other texts, other ids or only a part for a repetition', async () => {
        const id = freshBook()
        const [a, b] = [recordOf(0, 'a'), recordOf(1, 'b')]
        await ledgers.append(id, 'empty', [a, b])
        await expectConflict(ledgers.append(id, 'empty', [a, { ...b, text: 'other' }]), 'empty', 1)
        await expectConflict(ledgers.append(id, 'empty', [a, { ...b, id: randomUUID() }]), 'empty', 1)
        await expectConflict(ledgers.append(id, 'empty', [a, b, recordOf(2, 'c')]), 'empty', 1)
        expect(await readAll(ledgers, id)).toEqual([a, b])
      })

      it('refuses an id that is in the store at another place, and nobody else', async () => {
        const [id, other] = [freshBook(), freshBook()]
        const taken = recordOf(0, 'taken')
        await ledgers.append(id, 'empty', [taken])
        const twice = recordOf(0, 'twice')
        const settled = await Promise.allSettled([
          ledgers.append(id, 0, [recordOf(1, 'b'), recordOf(2, 'c', taken.id)]),
          ledgers.append(other, 'empty', [recordOf(0, 'd', taken.id)]),
          ledgers.append(freshBook(), 'empty', [twice, recordOf(1, 'e', twice.id)]),
          ledgers.append(id, 0, [recordOf(1, 'f')]),
        ])
        expect(settled.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled'])
        for (const result of settled) {
          if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(RevisionConflict)
        }
        expect((await readAll(ledgers, id)).map((record) => record.text)).toEqual(['taken', 'f'])
        expect(await readAll(ledgers, other)).toEqual([])
      })

      it('refuses records that do not follow the expected revision without a gap', async () => {
        const id = freshBook()
        await expect(ledgers.append(id, 'empty', recordsFrom(1))).rejects.toThrow(RangeError)
        await expect(ledgers.append(id, 'empty', [recordOf(0, 'a'), recordOf(2, 'b')])).rejects.toThrow(RangeError)
        expect(await readAll(ledgers, id)).toEqual([])
      })

      it('refuses a record of more than 1 MiB with everything that came with it', async () => {
        const id = freshBook()
        const limit = 1024 * 1024
        const large = recordOf(1, `${'é'.repeat(limit / 2)}x`)
        const refused = ledgers.append(id, 'empty', [recordOf(0, 'a'), large])
        await expect(refused).rejects.toThrow(new RecordTooLarge(limit + 1, limit))
        expect(await readAll(ledgers, id)).toEqual([])
        const largest = recordOf(0, 'é'.repeat(limit / 4))
        await ledgers.append(id, 'empty', [largest])
        expect(await readAll(ledgers, id)).toEqual([largest])
      })

      it('lets exactly one of two conflicting appends win', async () => {
        const id = freshBook()
        const results = await Promise.allSettled([
          ledgers.append(id, 'empty', recordsFrom(0, 1, 'one')),
          ledgers.append(id, 'empty', recordsFrom(0, 2, 'other')),
        ])
        expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
        const isFirst = results[0]?.status === 'fulfilled'
        expect(await readAll(ledgers, id)).toHaveLength(isFirst ? 1 : 2)
        const lost = results.find((result) => result.status === 'rejected')
        expect(lost?.reason).toMatchObject({ name: 'RevisionConflict', expected: 'empty', actual: isFirst ? 0 : 1 })
      })

      it('lands appends in order that follow each other without waiting', async () => {
        const id = freshBook()
        const appends = Array.from({ length: 300 }, (_, n) =>
          ledgers.append(id, n === 0 ? 'empty' : n * 2 - 1, recordsFrom(n * 2, 2)),
        )
        expect(await Promise.all(appends)).toEqual(appends.map((_, n) => ({ from: n * 2, to: n * 2 + 1 })))
        expect((await readAll(ledgers, id)).map((record) => record.revision)).toEqual([...Array(600).keys()])
      })

      it('refuses what follows a refused append, and nothing else', async () => {
        const [id, other] = [freshBook(), freshBook()]
        const results = await Promise.allSettled([
          ledgers.append(id, 'empty', recordsFrom(0)),
          ledgers.append(id, 3, recordsFrom(4)),
          ledgers.append(id, 4, recordsFrom(5)),
          ledgers.append(other, 'empty', recordsFrom(0)),
          ledgers.append(id, 0, recordsFrom(1)),
        ])
        const expected = ['fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled']
        expect(results.map((result) => result.status)).toEqual(expected)
        expect(await readAll(ledgers, id)).toHaveLength(2)
      })

      it('takes appends to many books at once', async () => {
        const books = Array.from({ length: 120 }, () => freshBook())
        const firsts = books.map((id) => ledgers.append(id, 'empty', recordsFrom(0, 2)))
        const seconds = books.map((id) => ledgers.append(id, 1, recordsFrom(2)))
        await Promise.all([...firsts, ...seconds])
        for (const id of books) expect(await readAll(ledgers, id)).toHaveLength(3)
      })

      it('does what a plain array would do, whatever the order and timing', () => modelAgrees(ledgers))
    })

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

    describe('follow', () => {
      it('sees everything once and in order, also what is appended meanwhile', async () => {
        const [id, other] = [freshBook(), freshBook('private')]
        await ledgers.append(id, 'empty', recordsFrom(0, 700))
        const controller = new AbortController()
        const seen: Followed[] = []
        for await (const followed of ledgers.follow('start', controller.signal)) {
          if (followed.id.community !== id.community && followed.id.community !== other.community) continue
          seen.push(followed)
          // Once in the middle of a page, once when everything has been seen and the follower is about to wait.
          if (seen.length === 600) await ledgers.append(other, 'empty', recordsFrom(0, 3))
          if (seen.length === 703) setImmediate(() => ledgers.append(id, 699, recordsFrom(700)))
          if (seen.length === 704) controller.abort()
        }
        expect(of(seen, id)).toEqual([...Array(701).keys()])
        expect(of(seen, other)).toEqual([0, 1, 2])
        expect(seen[0]?.id).toEqual(id)
        expect(seen.slice(0, 1).map((followed) => followed.record)).toEqual(await readAll(ledgers, id, { to: 0 }))
      })

      it('goes on after a position', async () => {
        const id = freshBook()
        await ledgers.append(id, 'empty', recordsFrom(0, 5))
        const third = (await followed(ledgers, id, 'start', 5))[2]
        if (third === undefined) throw new Error('nothing followed')
        await ledgers.append(id, 4, recordsFrom(5))
        expect(of(await followed(ledgers, id, third.position, 3), id)).toEqual([3, 4, 5])
      })

      it('starts at the end with what comes after the call', async () => {
        const id = freshBook()
        await ledgers.append(id, 'empty', recordsFrom(0, 2))
        const controller = new AbortController()
        const following = ledgers.follow('end', controller.signal)
        await ledgers.append(id, 1, recordsFrom(2, 2))
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
        const waiting = collect(ledgers.follow('end', controller.signal))
        setImmediate(() => controller.abort())
        expect(await waiting).toEqual([])
        expect(await collect(ledgers.follow('start', AbortSignal.abort()))).toEqual([])
      })

      it('serves several followers, each at its own pace', async () => {
        const id = freshBook()
        const all = [1, 2, 3].map(() => followed(ledgers, id, 'start', 40))
        for (let n = 0; n < 40; n++) await ledgers.append(id, n === 0 ? 'empty' : n - 1, recordsFrom(n))
        for (const seen of await Promise.all(all)) expect(of(seen, id)).toEqual([...Array(40).keys()])
      })
    })

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

    describe('close', () => {
      it('waits for appends under way and refuses everything afterwards', async () => {
        const id = freshBook()
        const underWay = [ledgers.append(id, 'empty', recordsFrom(0)), ledgers.append(id, 0, recordsFrom(1))]
        const closing = ledgers.close()
        expect(await Promise.all(underWay)).toHaveLength(2)
        await closing
        await expect(ledgers.append(id, 1, recordsFrom(2))).rejects.toThrow(StoreUnavailable)
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

async function expectConflict(append: Promise<unknown>, expected: number | 'empty', actual: number | 'empty') {
  const error = await append.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(RevisionConflict)
  expect(error).toMatchObject({ expected, actual })
}

/** The first `count` records of the book that a follower sees. */
async function followed(ledgers: Ledgers, id: BookId, from: string, count: number): Promise<Followed[]> {
  const controller = new AbortController()
  const seen: Followed[] = []
  for await (const next of ledgers.follow(from, controller.signal)) {
    if (next.id.community === id.community) seen.push(next)
    if (seen.length === count) controller.abort()
  }
  return seen
}

function of(seen: readonly Followed[], id: BookId): number[] {
  return seen
    .filter((next) => next.id.community === id.community && next.id.book === id.book)
    .map(({ record }) => record.revision)
}
