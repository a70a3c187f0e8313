import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type BookId, streamName } from '../../../src/kernel/book.ts'
import { storeAddress } from '../../../src/ledger/eventstoredb/address.ts'
import { Connection } from '../../../src/ledger/eventstoredb/connection.ts'
import { type Followed, type Ledgers, StoreUnavailable } from '../../../src/ledger/port.ts'
import { followed, of } from '../../contract/ledgers-follow.ts'
import { ANSWERS } from '../../support/eventstore-stand-in/faults.ts'
import type { StandIn } from '../../support/eventstore-stand-in/stand-in.ts'
import { collect, freshBook, recordsFrom } from '../../support/records.ts'
import { both } from './opened.ts'

const revisions = (seen: readonly Followed[]) => seen.map(({ record }) => record.revision)

/** Appends one by one, each an append of its own. */
async function appendEach(ledgers: Ledgers, id: BookId, from: number, count: number): Promise<void> {
  for (let n = from; n < from + count; n++) await ledgers.append(id, n === 0 ? 'empty' : n - 1, recordsFrom(n))
}

/** Events of somebody else, among which ours are. */
function othersWrite(standIn: StandIn, count: number): void {
  for (let n = 0; n < count; n++) {
    const id = randomUUID()
    const event = {
      id,
      type: 'Other',
      contentType: 'application/json',
      data: Buffer.from('{}'),
      metadata: Buffer.alloc(0),
    }
    standIn.log.append('somebody-else', 'any', [event])
  }
}

const subscribedAfter = (standIn: StandIn) =>
  standIn.seen.filter(({ call }) => call === 'subscribe').map(({ after }) => after)

describe('stand-in: a follower', () => {
  it.each(['early', 'unavailable', 'cancelled', 'unknown', 'deadline'] as const)(
    'goes on where the subscription ends by "%s" after every single event',
    async (ending) => {
      const { standIn, ledgers } = await both({ checkpointEvery: 1 })
      const id = freshBook()
      await ledgers.append(id, 'empty', recordsFrom(0, 4))
      await appendEach(ledgers, id, 4, 2)
      const ends = ending === 'early' ? ending : ANSWERS[ending]
      standIn.plan('subscribe', Array(6).fill({ after: 1, ends }))
      expect(revisions(await followed(ledgers, id, 'start', 6))).toEqual([0, 1, 2, 3, 4, 5])
      expect(new Set(subscribedAfter(standIn)).size).toBeGreaterThan(3)
    },
  )

  it('goes on where the connection breaks after every single event', async () => {
    const { standIn, ledgers } = await both({ checkpointEvery: 1 })
    const id = freshBook()
    const seen: Followed[] = []
    const controller = new AbortController()
    await ledgers.append(id, 'empty', recordsFrom(0))
    for await (const next of ledgers.follow('start', controller.signal)) {
      seen.push(next)
      standIn.gate.drop()
      if (seen.length === 6) controller.abort()
      // The first append on a broken connection may not know what came of it.
      else {
        const record = recordsFrom(seen.length)
        const append = () => ledgers.append(id, seen.length - 1, record)
        await append().catch(append)
      }
    }
    expect(revisions(seen)).toEqual([0, 1, 2, 3, 4, 5])
    expect(subscribedAfter(standIn).length).toBeGreaterThan(5)
  })

  it('resumes after every event, by both halves of its position', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0, 3))
    await appendEach(ledgers, id, 3, 2)
    const all = await followed(ledgers, id, 'start', 5)
    const commits = new Set(all.map(({ position }) => position.split('/')[0]))
    // Three of them share a commit position: half of it would leave some out, or give them again.
    expect(commits.size).toBe(3)
    for (const [index, { position }] of all.slice(0, -1).entries())
      expect(revisions(await followed(ledgers, id, position, 4 - index))).toEqual([1, 2, 3, 4].slice(index))
    expect(standIn.hasNothingPlanned).toBe(true)
  })

  it('learns how far the filter is only behind the events before, though the client is told at once', async () => {
    const { standIn, ledgers } = await both({ checkpointEvery: 1 })
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0, 40))
    const controller = new AbortController()
    const connection = new Connection(storeAddress(standIn.url), { append: 9999, read: 9999, answer: 9999, close: 99 })
    const places: bigint[] = []
    let events = 0
    let checkpoints = 0
    for await (const delivered of connection.subscribe('hearthbook-', 'start', controller.signal)) {
      if ('passed' in delivered) checkpoints += 1
      else events += 1
      places.push('passed' in delivered ? delivered.passed.prepare : delivered.position.prepare)
      // Time for the client to take in all that it takes in by itself.
      if (places.length === 1) for (let turn = 0; turn < 50; turn++) await setImmediate()
      if (events === 40 && checkpoints >= 40) break
    }
    await connection.close()
    expect(places).toEqual(places.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
  })

  it('handles all that came when the connection breaks, and all that did not come afterwards', async () => {
    const { standIn, ledgers } = await both({ checkpointEvery: 1 })
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0, 40))
    standIn.plan('subscribe', [{ after: 30, ends: 'silence' }])
    const seen: Followed[] = []
    const controller = new AbortController()
    for await (const next of ledgers.follow('start', controller.signal)) {
      seen.push(next)
      if (seen.length === 1) standIn.gate.drop()
      if (seen.length === 40) controller.abort()
    }
    expect(revisions(seen)).toEqual([...Array(40).keys()])
  })

  it('goes on after what the filter has passed over, not after its last record', async () => {
    const { standIn, ledgers } = await both({ checkpointEvery: 10 })
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0))
    othersWrite(standIn, 55)
    const controller = new AbortController()
    const seen: Followed[] = []
    const following = (async () => {
      for await (const next of ledgers.follow('start', controller.signal)) seen.push(next)
    })()
    await expect.poll(() => standIn.subscriptions).toBe(1)
    await expect.poll(() => seen.length).toBe(1)
    standIn.gate.drop()
    await expect.poll(() => subscribedAfter(standIn).length).toBe(2)
    const [from, again] = subscribedAfter(standIn)
    expect(from).toBe('start')
    expect(BigInt(again?.split('/')[0] ?? 0)).toBeGreaterThan(BigInt(seen[0]?.position.split('/')[0] ?? 0))
    await appendEach(ledgers, id, 1, 1)
    await expect.poll(() => revisions(seen)).toEqual([0, 1])
    controller.abort()
    await following
  })

  it('sees books and nothing else, and who may enter is nothing of theirs', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook('private')
    othersWrite(standIn, 5)
    await ledgers.append(id, 'empty', recordsFrom(0, 2))
    othersWrite(standIn, 5)
    const seen = await followed(ledgers, id, 'start', 2)
    expect(seen.map((next) => next.id)).toEqual([id, id])
    expect(standIn.log.stream(`$$${streamName(id)}`)).toHaveLength(1)
  })

  it('waits for a store that is not there, and misses nothing meanwhile', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0))
    const controller = new AbortController()
    const following = followed(ledgers, id, 'start', 3)
    await expect.poll(() => standIn.subscriptions).toBe(1)
    await standIn.gate.shut()
    const events = recordsFrom(1, 2).map(({ id, hash, text }) => ({
      id: randomUUID(),
      type: 'Record',
      contentType: 'application/octet-stream',
      data: Buffer.from(text),
      metadata: Buffer.from(JSON.stringify({ id, hash })),
    }))
    standIn.log.append(streamName(id), 0, events)
    await standIn.gate.open()
    expect(of(await following, id)).toEqual([0, 1, 2])
    controller.abort()
  })

  it('is told where the end cannot be learnt, or the store lets nobody follow', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0))
    const never = new AbortController().signal
    const all = (stream: string) => stream === '$all'
    standIn.plan('read', [{ ends: ANSWERS.unavailable }, { ends: ANSWERS.unavailable }], all)
    await expect(collect(ledgers.follow('end', never))).rejects.toThrow(StoreUnavailable)
    standIn.plan('subscribe', { ends: ANSWERS.accessDenied })
    await expect(collect(ledgers.follow('start', never))).rejects.toThrow('does not let this server read')
    // Nor does it keep anybody from writing.
    expect(await ledgers.append(id, 0, recordsFrom(1))).toEqual({ from: 1, to: 1 })
  })

  it('leaves no subscription behind when it stops', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0, 3))
    for await (const _ of ledgers.follow('start', new AbortController().signal)) break
    await followed(ledgers, id, 'start', 2)
    await expect.poll(() => standIn.subscriptions).toBe(0)
  })

  it('takes no position of another store', async () => {
    const { ledgers } = await both()
    for (const position of ['17', '1/2/3', 'a/b', ''])
      expect(() => ledgers.follow(position, new AbortController().signal)).toThrow(RangeError)
  })
})
