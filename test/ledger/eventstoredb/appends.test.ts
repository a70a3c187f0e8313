import { describe, expect, it } from 'vitest'
import { streamName } from '../../../src/kernel/book.ts'
import { AppendOutcomeUnknown, RecordTooLarge, RevisionConflict, StoreUnavailable } from '../../../src/ledger/port.ts'
import { expectConflict } from '../../contract/ledgers-append.ts'
import {
  ANSWERS,
  maxAppendSizeExceeded,
  notLeader,
  wrongExpectedVersion,
} from '../../support/eventstore-stand-in/faults.ts'
import { StandInLog } from '../../support/eventstore-stand-in/log.ts'
import { freshBook, readAll, recordOf, recordsFrom } from '../../support/records.ts'
import { both, HASTY, opened, started } from './opened.ts'

const MIB = 1024 * 1024

describe('stand-in: an append', () => {
  it('is the classic call, sent to the leader, and never the batched one', async () => {
    const { standIn, ledgers } = await both()
    await ledgers.append(freshBook(), 'empty', recordsFrom(0, 3))
    expect(standIn.seen.length).toBeGreaterThan(0)
    for (const { call, requiresLeader } of standIn.seen) expect([call, requiresLeader]).toEqual(['append', true])
  })

  it('stores the bytes that were hashed, under an id that stands for them', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    const text = '{"10":1,"9":"Grüße, 客人 🏡","data":{"type":"inner"},"type":"GuestWelcomed"}'
    const [one, other] = [recordOf(0, text), recordOf(1, '[null, 1e400]')]
    await ledgers.append(id, 'empty', [one, other])
    const stored = standIn.log.stream(streamName(id))
    expect(stored.map(({ data }) => data.toString('utf8'))).toEqual([one.text, other.text])
    expect(stored.map(({ type }) => type)).toEqual(['GuestWelcomed', 'Record'])
    expect(stored.map(({ metadata }) => JSON.parse(metadata.toString()))).toEqual([
      { id: one.id, hash: one.hash },
      { id: other.id, hash: other.hash },
    ])
    expect(await readAll(ledgers, id)).toEqual([one, other])
  })

  it('is one at a time for a book, and holds up no other book', async () => {
    const { standIn, ledgers } = await both()
    const [id, other] = [freshBook(), freshBook()]
    const go = Promise.withResolvers<void>()
    standIn.plan('append', { waitFor: go.promise }, (stream) => stream === streamName(id))
    const slow = Array.from({ length: 20 }, (_, n) => ledgers.append(id, n === 0 ? 'empty' : n - 1, recordsFrom(n)))
    await ledgers.append(other, 'empty', recordsFrom(0))
    expect(standIn.log.stream(streamName(id))).toEqual([])
    go.resolve()
    await Promise.all(slow)
    expect(standIn.mostAtOnce).toBe(1)
    expect(await readAll(ledgers, id)).toHaveLength(20)
  })

  it('has an end of its own where no answer comes, and is settled by the same append', async () => {
    const { standIn, ledgers } = await both({}, HASTY)
    const id = freshBook()
    const records = recordsFrom(0, 2)
    standIn.plan('append', { carriedOut: true, ends: 'silence' })
    await expect(ledgers.append(id, 'empty', records)).rejects.toThrow(AppendOutcomeUnknown)
    expect(await ledgers.append(id, 'empty', records)).toEqual({ from: 0, to: 1 })
    standIn.plan('append', { ends: 'silence' })
    const more = recordsFrom(2)
    await expect(ledgers.append(id, 1, more)).rejects.toThrow(AppendOutcomeUnknown)
    expect(await ledgers.append(id, 1, more)).toEqual({ from: 2, to: 2 })
    expect(await readAll(ledgers, id)).toEqual([...records, ...more])
  })

  it('has an end of its own where nothing gets through at all', async () => {
    const { standIn, ledgers } = await both({}, HASTY)
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0))
    standIn.gate.pause()
    await expect(ledgers.append(id, 0, recordsFrom(1))).rejects.toThrow(AppendOutcomeUnknown)
    standIn.gate.resume()
  })

  it.each(['unavailable', 'tooBusy', 'cancelled', 'deadline', 'timeout', 'unknown'] as const)(
    'has an unknown outcome where the answer is "%s"',
    async (name) => {
      const { standIn, ledgers } = await both()
      const id = freshBook()
      await ledgers.append(id, 'empty', recordsFrom(0))
      const records = recordsFrom(1)
      standIn.plan('append', { carriedOut: true, ends: ANSWERS[name] })
      await expect(ledgers.append(id, 0, records)).rejects.toThrow(AppendOutcomeUnknown)
      expect(await ledgers.append(id, 0, records)).toEqual({ from: 1, to: 1 })
      expect(await readAll(ledgers, id)).toHaveLength(2)
    },
  )

  it.each([true, false])('has an unknown outcome where the connection breaks (carried out: %s)', async (carriedOut) => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0))
    const records = recordsFrom(1)
    standIn.plan('append', { carriedOut, ends: 'drop' })
    await expect(ledgers.append(id, 0, records)).rejects.toThrow(AppendOutcomeUnknown)
    expect(await ledgers.append(id, 0, records)).toEqual({ from: 1, to: 1 })
    expect(await readAll(ledgers, id)).toHaveLength(2)
  })

  it('has an unknown outcome while the store is gone, and goes on when it is back', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0))
    await standIn.gate.shut()
    const records = recordsFrom(1)
    await expect(ledgers.append(id, 0, records)).rejects.toThrow(AppendOutcomeUnknown)
    await standIn.gate.open()
    await expect.poll(() => ledgers.append(id, 0, records).catch(() => undefined)).toEqual({ from: 1, to: 1 })
  })

  it.each(['accessDenied', 'unauthenticated', 'streamDeleted'] as const)(
    'writes nothing where the answer is "%s"',
    async (name) => {
      const { standIn, ledgers } = await both()
      standIn.plan('append', { ends: ANSWERS[name] })
      await expect(ledgers.append(freshBook(), 'empty', recordsFrom(0))).rejects.toThrow(StoreUnavailable)
    },
  )

  it('tells a lost race by both forms of the answer, also where the book is empty', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    const stream = streamName(id)
    await expectConflict(ledgers.append(id, 3, recordsFrom(4)), 3, 'empty')
    standIn.plan('append', [
      { ends: wrongExpectedVersion(stream, 3, -1) },
      { ends: wrongExpectedVersion(stream, 3, 9_000) },
    ])
    await expectConflict(ledgers.append(id, 3, recordsFrom(4)), 3, 'empty')
    await expectConflict(ledgers.append(id, 3, recordsFrom(4)), 3, 9_000)
  })

  it('takes the same ids with other texts for a conflict: a second node decided the same command', async () => {
    const { standIn } = await both()
    const [one, other] = [opened(standIn), opened(standIn)]
    const id = freshBook()
    const record = recordOf(0, '{"at":1}')
    await one.append(id, 'empty', [record])
    await expectConflict(other.append(id, 'empty', [recordOf(0, '{"at":2}', record.id)]), 'empty', 0)
    expect(await other.append(id, 'empty', [record])).toEqual({ from: 0, to: 0 })
  })

  it('asks nobody about an append of more than 1 MiB, and fills the whole of it', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    const half = recordOf(0, 'x'.repeat(MIB / 2))
    const rest = (more: number) => recordOf(1, 'y'.repeat(MIB / 2 - overhead(half) - overhead(half) + more))
    const refused = ledgers.append(id, 'empty', [half, rest(1)])
    await expect(refused).rejects.toThrow(new RecordTooLarge(MIB + 1, MIB))
    expect(standIn.seen).toEqual([])
    expect(await ledgers.append(id, 'empty', [half, rest(0)])).toEqual({ from: 0, to: 1 })
  })

  it('says so where the store takes less than usual', async () => {
    const { standIn, ledgers } = await both()
    standIn.plan('append', { ends: maxAppendSizeExceeded(1000) })
    await expect(ledgers.append(freshBook(), 'empty', recordsFrom(0))).rejects.toMatchObject({
      name: 'RecordTooLarge',
      limit: 1000,
    })
  })

  it('refuses an open book whose stream would be a private one', async () => {
    const { standIn, ledgers } = await both()
    const id = { community: 'hearth-private', book: 'open' } as const
    await expect(ledgers.append(id, 'empty', recordsFrom(0))).rejects.toThrow(RangeError)
    expect(standIn.seen).toEqual([])
  })
})

describe('stand-in: finding the node to write to', () => {
  it('goes to the leader where the node asked does not lead', async () => {
    const log = new StandInLog()
    const leader = await started({ log })
    const follower = await started({ log, leader: () => leader })
    const ledgers = opened(follower)
    const id = freshBook()
    expect(await ledgers.append(id, 'empty', recordsFrom(0, 2))).toEqual({ from: 0, to: 1 })
    expect(await readAll(ledgers, id)).toHaveLength(2)
    expect(log.stream(streamName(id))).toHaveLength(2)
    expect(leader.seen.some(({ call }) => call === 'append')).toBe(true)
  })

  it('says that nothing was written where no leader can be reached', async () => {
    const { standIn, ledgers } = await both()
    const nobody = { ends: notLeader('127.0.0.1', standIn.gate.port) }
    standIn.plan('append', [nobody, nobody])
    await expect(ledgers.append(freshBook(), 'empty', recordsFrom(0))).rejects.toThrow(StoreUnavailable)
    expect(standIn.hasNothingPlanned).toBe(true)
  })

  it('discovers the leader by gossip', async () => {
    const log = new StandInLog()
    const leader = await started({ log })
    const follower = await started({ log, leader: () => leader })
    for (const node of [leader, follower]) node.members = [follower, leader]
    const ledgers = opened(`esdb+discover://127.0.0.1:${follower.gate.port}?tls=false`)
    await ledgers.append(freshBook(), 'empty', recordsFrom(0))
    expect(follower.seen.map(({ call }) => call)).toEqual(['gossip'])
    expect(leader.seen.length).toBeGreaterThan(0)
  })

  it('finds the store once it is there, after it was not found', async () => {
    const standIn = await started()
    const address = `esdb+discover://127.0.0.1:${standIn.gate.port}?tls=false&maxDiscoverAttempts=2&discoveryInterval=1`
    await standIn.gate.shut()
    const ledgers = opened(address)
    const id = freshBook()
    const records = recordsFrom(0)
    await expect(ledgers.append(id, 'empty', records)).rejects.toThrow(StoreUnavailable)
    await expect(readAll(ledgers, id)).rejects.toThrow(StoreUnavailable)
    await standIn.gate.open()
    await expect.poll(() => ledgers.append(id, 'empty', records).catch(() => undefined)).toEqual({ from: 0, to: 0 })
  })

  it('does not wait for a discovery without end', async () => {
    const standIn = await started()
    const ledgers = opened(`esdb+discover://127.0.0.1:${standIn.gate.port}?tls=false`, HASTY)
    standIn.plan('gossip', Array(20).fill({ ends: 'silence' }))
    const [written, read] = [ledgers.append(freshBook(), 'empty', recordsFrom(0)), readAll(ledgers, freshBook())]
    await expect(written).rejects.toThrow(StoreUnavailable)
    await expect(read).rejects.toThrow(StoreUnavailable)
  })
})

describe('stand-in: a book that begins', () => {
  it('is in the catalogue and closed to others before its first record', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook('private')
    await ledgers.append(id, 'empty', recordsFrom(0))
    const stream = streamName(id)
    const order = standIn.log.all.map((event) => event.stream)
    expect(order.indexOf('hearthbook:books')).toBeLessThan(order.indexOf(stream))
    expect(order.indexOf(`$$${stream}`)).toBeLessThan(order.indexOf(stream))
    const [acl] = standIn.log.stream(`$$${stream}`)
    expect(JSON.parse(String(acl?.data))).toEqual({
      $acl: { $r: ['$admins'], $w: ['$admins'], $d: ['$admins'], $mr: ['$admins'], $mw: ['$admins'] },
    })
  })

  it('keeps who may enter as an administrator has set it', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    const metadata = { id: crypto.randomUUID(), type: '$metadata', contentType: 'application/json' }
    const empty = Buffer.alloc(0)
    standIn.log.append(`$$${streamName(id)}`, 'no_stream', [{ ...metadata, data: Buffer.from('{}'), metadata: empty }])
    await ledgers.append(id, 'empty', recordsFrom(0))
    expect(standIn.log.stream(`$$${streamName(id)}`)).toHaveLength(1)
  })

  it('begins also as somebody who may not change what an administrator has set', async () => {
    const { standIn, ledgers } = await both()
    await ledgers.append(freshBook(), 'empty', recordsFrom(0))
    standIn.plan('append', { ends: ANSWERS.accessDenied }, (stream) => stream === '$$hearthbook:books')
    const id = freshBook()
    expect(await opened(standIn).append(id, 'empty', recordsFrom(0))).toEqual({ from: 0, to: 0 })
    expect(standIn.hasNothingPlanned).toBe(true)
  })

  it.each(['hearthbook:books', '$$hearthbook:books'])('does not begin where %s cannot be written', async (stream) => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    standIn.plan('append', { ends: ANSWERS.accessDenied }, (name) => name === stream)
    await expect(ledgers.append(id, 'empty', recordsFrom(0))).rejects.toThrow(StoreUnavailable)
    expect(await readAll(ledgers, id)).toEqual([])
    expect(await ledgers.append(id, 'empty', recordsFrom(0))).toEqual({ from: 0, to: 0 })
  })
})

describe('stand-in: no error is lost or met twice', () => {
  it('answers every append under way when the connection breaks', async () => {
    const { standIn, ledgers } = await both()
    const books = Array.from({ length: 30 }, () => freshBook())
    for (const id of books) await ledgers.append(id, 'empty', recordsFrom(0))
    const go = Promise.withResolvers<void>()
    standIn.plan('append', [{ waitFor: go.promise, ends: 'drop' }])
    const settled = Promise.allSettled(books.map((id) => ledgers.append(id, 0, recordsFrom(1))))
    go.resolve()
    for (const result of await settled)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(AppendOutcomeUnknown)
    for (const id of books) {
      const again = ledgers.append(id, 0, recordsFrom(1)).catch((error: unknown) => error)
      const outcome = await again
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(RevisionConflict)
      expect(await readAll(ledgers, id)).toHaveLength(2)
    }
  })
})

/** Bytes that a record takes beside its text. */
function overhead({ id, hash }: { readonly id: string; readonly hash: string }): number {
  return JSON.stringify({ id, hash }).length + 'Record'.length * 2
}
