import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { BookId } from '../../src/kernel/book.ts'
import { type Ledgers, RecordTooLarge, RevisionConflict } from '../../src/ledger/port.ts'
import { freshBook, readAll, recordOf, recordsFrom } from '../support/records.ts'
import { modelAgrees } from './ledgers-model.ts'

/** What every adapter does with appends. */
export function appendContract(ledgers: () => Ledgers, findsTakenIds: () => boolean): void {
  describe('append', () => {
    it('keeps records as they are, in order, without a gap', async () => {
      const id = freshBook()
      const records = [...recordsFrom(0, 3), recordOf(3, 'Grüße, 客人, 🏡 "\\u0000"'), ...recordsFrom(4, 2)]
      expect(await ledgers().append(id, 'empty', recordsFrom(0))).toEqual({ from: 0, to: 0 })
      const other = freshBook()
      const [first, ...rest] = records
      if (first === undefined) throw new Error('no records')
      expect(await ledgers().append(other, 'empty', [first, ...rest])).toEqual({ from: 0, to: 5 })
      expect(await ledgers().append(other, 5, recordsFrom(6))).toEqual({ from: 6, to: 6 })
      expect((await readAll(ledgers(), other)).slice(0, 6)).toEqual(records)
      expect((await readAll(ledgers(), other)).map((record) => record.revision)).toEqual([0, 1, 2, 3, 4, 5, 6])
      expect(await readAll(ledgers(), id)).toHaveLength(1)
    })

    it('tells a writer at the wrong revision where the book is, and writes nothing', async () => {
      const id = freshBook()
      await expectConflict(ledgers().append(id, 3, recordsFrom(4)), 3, 'empty')
      const records = recordsFrom(0, 2)
      await ledgers().append(id, 'empty', records)
      await expectConflict(ledgers().append(id, 'empty', recordsFrom(0)), 'empty', 1)
      await expectConflict(ledgers().append(id, 0, recordsFrom(1)), 0, 1)
      await expectConflict(ledgers().append(id, 2, recordsFrom(3)), 2, 1)
      expect(await readAll(ledgers(), id)).toEqual(records)
    })

    it('keeps the open and the private book of a community apart', async () => {
      const open = freshBook()
      const own: BookId = { ...open, book: 'private' }
      const [a, b] = [recordsFrom(0, 2), recordsFrom(0, 1)]
      await ledgers().append(open, 'empty', a)
      await ledgers().append(own, 'empty', b)
      expect(await readAll(ledgers(), open)).toEqual(a)
      expect(await readAll(ledgers(), own)).toEqual(b)
    })

    it('answers a repeated append as if it had just been made', async () => {
      const id = freshBook()
      const [first, second] = [recordsFrom(0, 2), recordsFrom(2, 2)]
      await ledgers().append(id, 'empty', first)
      await ledgers().append(id, 1, second)
      expect(await ledgers().append(id, 'empty', first)).toEqual({ from: 0, to: 1 })
      expect(await ledgers().append(id, 1, second)).toEqual({ from: 2, to: 3 })
      expect(await Promise.all([ledgers().append(id, 3, recordsFrom(4)), ledgers().append(id, 1, second)])).toEqual([
        { from: 4, to: 4 },
        { from: 2, to: 3 },
      ])
      expect(await readAll(ledgers(), id)).toHaveLength(5)
    })

    it('answers two equal appends under way at the same time, and writes one', async () => {
      const id = freshBook()
      const records = recordsFrom(0, 2)
      const both = await Promise.all([ledgers().append(id, 'empty', records), ledgers().append(id, 'empty', records)])
      expect(both).toEqual([
        { from: 0, to: 1 },
        { from: 0, to: 1 },
      ])
      expect(await readAll(ledgers(), id)).toEqual(records)
    })

    it('does not take other texts, other ids or only a part for a repetition', async () => {
      const id = freshBook()
      const [a, b] = [recordOf(0, 'a'), recordOf(1, 'b')]
      await ledgers().append(id, 'empty', [a, b])
      await expectConflict(ledgers().append(id, 'empty', [a, { ...b, text: 'other' }]), 'empty', 1)
      await expectConflict(ledgers().append(id, 'empty', [a, { ...b, id: randomUUID() }]), 'empty', 1)
      await expectConflict(ledgers().append(id, 'empty', [a, b, recordOf(2, 'c')]), 'empty', 1)
      expect(await readAll(ledgers(), id)).toEqual([a, b])
    })

    it('refuses an append that has an id twice, and nobody else', async () => {
      const id = freshBook()
      const twice = recordOf(0, 'twice')
      const settled = await Promise.allSettled([
        ledgers().append(id, 'empty', [twice, recordOf(1, 'e', twice.id)]),
        ledgers().append(id, 'empty', [recordOf(0, 'f')]),
      ])
      expect(settled.map((result) => result.status)).toEqual(['rejected', 'fulfilled'])
      expect(settled[0]).toMatchObject({ reason: { name: 'RevisionConflict' } })
      expect((await readAll(ledgers(), id)).map((record) => record.text)).toEqual(['f'])
    })

    it('refuses an id that is in the store at another place, and nobody else', async (context) => {
      if (!findsTakenIds()) return context.skip('this store leaves that to who makes the ids')
      const [id, other] = [freshBook(), freshBook()]
      const taken = recordOf(0, 'taken')
      await ledgers().append(id, 'empty', [taken])
      const settled = await Promise.allSettled([
        ledgers().append(id, 0, [recordOf(1, 'b'), recordOf(2, 'c', taken.id)]),
        ledgers().append(other, 'empty', [recordOf(0, 'd', taken.id)]),
        ledgers().append(id, 0, [recordOf(1, 'f')]),
      ])
      expect(settled.map((result) => result.status)).toEqual(['rejected', 'rejected', 'fulfilled'])
      for (const result of settled) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(RevisionConflict)
      }
      expect((await readAll(ledgers(), id)).map((record) => record.text)).toEqual(['taken', 'f'])
      expect(await readAll(ledgers(), other)).toEqual([])
    })

    it('refuses records that do not follow the expected revision without a gap', async () => {
      const id = freshBook()
      await expect(ledgers().append(id, 'empty', recordsFrom(1))).rejects.toThrow(RangeError)
      await expect(ledgers().append(id, 'empty', [recordOf(0, 'a'), recordOf(2, 'b')])).rejects.toThrow(RangeError)
      expect(await readAll(ledgers(), id)).toEqual([])
    })

    it('refuses a record of more than 1 MiB with everything that came with it', async () => {
      const id = freshBook()
      const limit = 1024 * 1024
      const large = recordOf(1, `${'é'.repeat(limit / 2)}x`)
      const refused = ledgers().append(id, 'empty', [recordOf(0, 'a'), large])
      await expect(refused).rejects.toThrow(new RecordTooLarge(limit + 1, limit))
      expect(await readAll(ledgers(), id)).toEqual([])
      const largest = recordOf(0, 'é'.repeat(limit / 4))
      await ledgers().append(id, 'empty', [largest])
      expect(await readAll(ledgers(), id)).toEqual([largest])
    })

    it('lets exactly one of two conflicting appends win', async () => {
      const id = freshBook()
      const results = await Promise.allSettled([
        ledgers().append(id, 'empty', recordsFrom(0, 1, 'one')),
        ledgers().append(id, 'empty', recordsFrom(0, 2, 'other')),
      ])
      expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
      const isFirst = results[0]?.status === 'fulfilled'
      expect(await readAll(ledgers(), id)).toHaveLength(isFirst ? 1 : 2)
      const lost = results.find((result) => result.status === 'rejected')
      expect(lost?.reason).toMatchObject({ name: 'RevisionConflict', expected: 'empty', actual: isFirst ? 0 : 1 })
    })

    it('lands appends in order that follow each other without waiting', async () => {
      const id = freshBook()
      const appends = Array.from({ length: 300 }, (_, n) =>
        ledgers().append(id, n === 0 ? 'empty' : n * 2 - 1, recordsFrom(n * 2, 2)),
      )
      expect(await Promise.all(appends)).toEqual(appends.map((_, n) => ({ from: n * 2, to: n * 2 + 1 })))
      expect((await readAll(ledgers(), id)).map((record) => record.revision)).toEqual([...Array(600).keys()])
    })

    it('refuses what follows a refused append, and nothing else', async () => {
      const [id, other] = [freshBook(), freshBook()]
      const results = await Promise.allSettled([
        ledgers().append(id, 'empty', recordsFrom(0)),
        ledgers().append(id, 3, recordsFrom(4)),
        ledgers().append(id, 4, recordsFrom(5)),
        ledgers().append(other, 'empty', recordsFrom(0)),
        ledgers().append(id, 0, recordsFrom(1)),
      ])
      const expected = ['fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled']
      expect(results.map((result) => result.status)).toEqual(expected)
      expect(await readAll(ledgers(), id)).toHaveLength(2)
    })

    it('takes appends to many books at once', async () => {
      const books = Array.from({ length: 120 }, () => freshBook())
      const firsts = books.map((id) => ledgers().append(id, 'empty', recordsFrom(0, 2)))
      const seconds = books.map((id) => ledgers().append(id, 1, recordsFrom(2)))
      await Promise.all([...firsts, ...seconds])
      for (const id of books) expect(await readAll(ledgers(), id)).toHaveLength(3)
    })

    it('does what a plain array would do, whatever the order and timing', () => modelAgrees(ledgers(), findsTakenIds()))
  })
}

/** The append is refused because the book is not where its writer expected it. */
export async function expectConflict(append: Promise<unknown>, expected: number | 'empty', actual: number | 'empty') {
  const error = await append.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(RevisionConflict)
  expect(error).toMatchObject({ expected, actual })
}
