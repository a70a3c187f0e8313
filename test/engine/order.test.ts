import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyBook } from '../../src/ledger/proofs/verify-book.ts'
import { personNamed, receiptOf, Scenario } from '../support/scenario.ts'
import { FailingLedgers } from './failing-ledgers.ts'

const ada = personNamed('ada')

describe('commands that come at the same time', () => {
  it('are all answered, in an order without gaps, each at its own place', async () => {
    const book = await Scenario.founded(['ada'])
    const { revision } = (await book.hot()).head
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, n) => book.done('FormCircle', { name: `Circle ${n}`, purpose: 'x' }, ada)),
    )
    const places = outcomes.flatMap(({ events }) => events.map((event) => event.revision))
    expect(places).toEqual(Array.from({ length: 100 }, (_, n) => revision + 1 + n))
    const records = await book.records()
    const id = { community: book.community, book: 'open' } as const
    const report = await verifyBook(id, [records], { receipts: outcomes.map(receiptOf) })
    expect(report.findings).toEqual([])
    expect(records).toHaveLength(revision + 101)
  })

  it('are decided on what was decided before them, durable or not', async () => {
    const book = await Scenario.founded(['ada'])
    const joining = Array.from({ length: 5 }, (_, n) =>
      book.when('JoinCommunity', { displayName: 'Ben' }, personNamed('ben'), { key: `k${n}` }),
    )
    const kinds = (await Promise.all(joining)).map(({ kind }) => kind)
    expect(kinds).toEqual(['done', 'refused', 'refused', 'refused', 'refused'])
  })

  it('are answered only when their records are durable', async () => {
    let store: FailingLedgers | undefined
    const book = await Scenario.founded(['ada'], {
      ledgers: (real) => {
        store = new FailingLedgers(real)
        return store
      },
    })
    const { revision } = (await book.hot()).head
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const order: string[] = []
    store?.next(async (append) => {
      await held
      const appended = await append()
      order.push('durable')
      return appended
    })
    const forming = book.done('FormCircle', { name: 'Kitchen', purpose: 'x' }, ada).then(() => order.push('done'))
    while ((await book.hot()).head.revision === revision) await new Promise((resolve) => setImmediate(resolve))
    const asking = book.ask('circles').then(() => order.push('asked'))
    const refusing = book.refused('JoinCommunity', { displayName: 'x' }, ada).then(() => order.push('refused'))
    // Everything that can go on without the store has gone on after a few turns of the loop.
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(order).toEqual([])
    release()
    await Promise.all([forming, asking, refusing])
    expect(order[0]).toBe('durable')
    expect(order.toSorted()).toEqual(['asked', 'done', 'durable', 'refused'])
  })
})

describe('the time a record was made at', () => {
  it('never decreases, though the clock goes back a year (C1)', async () => {
    const book = await Scenario.founded(['ada'], { at: '2026-03-01T09:00:00Z' })
    await book.given('FormCircle', { name: 'A', purpose: 'x' }, ada)
    book.at('2025-03-01T09:00:00Z')
    await book.given('FormCircle', { name: 'B', purpose: 'x' }, ada)
    book.at('2026-03-01T09:00:01Z')
    await book.given('FormCircle', { name: 'C', purpose: 'x' }, ada)
    const times = (await book.events()).map(({ recordedAt }) => recordedAt)
    expect(times.slice(-3)).toEqual([
      '2026-03-01T09:00:00.000Z',
      '2026-03-01T09:00:00.000Z',
      '2026-03-01T09:00:01.000Z',
    ])
  })

  it('never decreases, whatever the clock does, across restarts too', async () => {
    const moves = fc.array(fc.tuple(fc.integer({ min: -400, max: 400 }), fc.boolean()), { minLength: 1, maxLength: 12 })
    let communities = 0
    const server = await Scenario.open()
    await fc.assert(
      fc.asyncProperty(moves, async (steps) => {
        let book = await server.beside(`clock-${communities++}`).with(['ada'])
        for (const [days, restart] of steps) {
          if (restart) book = book.restarted()
          await book.later(days * 86_400_000).given('FormCircle', { name: 'A', purpose: 'x' }, ada)
        }
        const times = (await book.events()).map(({ recordedAt }) => recordedAt)
        expect(times).toEqual(times.toSorted())
      }),
      { numRuns: 40 },
    )
  })
})
