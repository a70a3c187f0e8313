import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { streamName } from '../../../src/kernel/book.ts'
import { StoreUnavailable } from '../../../src/ledger/port.ts'
import { ANSWERS } from '../../support/eventstore-stand-in/faults.ts'
import type { StandIn } from '../../support/eventstore-stand-in/stand-in.ts'
import { collect, freshBook, readAll, recordsFrom } from '../../support/records.ts'
import { both, HASTY, opened } from './opened.ts'

/** An event that somebody else wrote. */
function written(standIn: StandIn, stream: string, data: string, contentType = 'application/json'): void {
  const event = { id: randomUUID(), type: 'Other', contentType, data: Buffer.from(data), metadata: Buffer.alloc(0) }
  standIn.log.append(stream, 'any', [event])
}

describe('stand-in: a read', () => {
  it('finds an empty book where the store has no such stream', async () => {
    const { standIn, ledgers } = await both()
    expect(await readAll(ledgers, freshBook())).toEqual([])
    expect(standIn.seen.map(({ call }) => call)).toEqual(['read'])
  })

  it.each(['unavailable', 'cancelled', 'deadline', 'unknown', 'drop', 'early'] as const)(
    'that ends with "%s" in the middle of a page gives no record twice and leaves none out',
    async (ending) => {
      const { standIn, ledgers } = await both()
      const id = freshBook()
      const records = recordsFrom(0, 40)
      await ledgers.append(id, 'empty', records)
      const ends = ending === 'drop' || ending === 'early' ? ending : ANSWERS[ending]
      // Of the head and of a page: the head is asked for first.
      for (const faults of [[{ ends }], [{}, { after: 7, ends }]]) {
        standIn.plan('read', faults)
        expect(await readAll(ledgers, id)).toEqual(records)
        expect(standIn.hasNothingPlanned).toBe(true)
      }
    },
  )

  it('has an end of its own where no answer comes', async () => {
    const { standIn, ledgers } = await both({}, HASTY)
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0, 3))
    const silent = { ends: 'silence' } as const
    standIn.plan('read', [silent, silent])
    await expect(readAll(ledgers, id)).rejects.toThrow(StoreUnavailable)
    standIn.plan('read', [{}, { after: 2, ...silent }, silent])
    await expect(readAll(ledgers, id)).rejects.toThrow(StoreUnavailable)
    expect(await readAll(ledgers, id)).toHaveLength(3)
  })

  it('is given up with the reason of the signal while the store says nothing', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0))
    standIn.plan('read', { ends: 'silence' })
    const reason = new Error('the guest has left')
    const controller = new AbortController()
    const reading = readAll(ledgers, id, { signal: controller.signal })
    await expect.poll(() => standIn.hasNothingPlanned).toBe(true)
    controller.abort(reason)
    await expect(reading).rejects.toBe(reason)
  })

  it('says that the store refuses it, and asks once', async () => {
    const { standIn, ledgers } = await both()
    standIn.plan('read', { ends: ANSWERS.accessDenied })
    await expect(readAll(ledgers, freshBook())).rejects.toThrow('does not let this server read')
    expect(standIn.seen).toHaveLength(1)
  })

  it('gives what somebody else wrote into a book a hash that no text has', async () => {
    const { standIn, ledgers } = await both()
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0))
    for (const type of ['application/json', 'application/octet-stream', 'text/plain'])
      written(standIn, streamName(id), '{"a":1}', type)
    written(standIn, streamName(id), 'no JSON at all')
    expect((await readAll(ledgers, id)).slice(1).map(({ revision, hash }) => [revision, hash])).toEqual([
      [1, ''],
      [2, ''],
      [3, ''],
      [4, ''],
    ])
  })
})

describe('stand-in: the list of books', () => {
  it('comes from the catalogue, whatever else is in the store, each book once', async () => {
    const { standIn, ledgers } = await both()
    const other = opened(standIn)
    const [id, own, never] = [freshBook(), freshBook('private'), freshBook()]
    await Promise.all([ledgers.append(id, 'empty', recordsFrom(0, 2)), other.append(own, 'empty', recordsFrom(0))])
    await Promise.allSettled([ledgers.append(id, 'empty', recordsFrom(0)), other.append(id, 'empty', recordsFrom(0))])
    for (const stream of [streamName(never), streamName(id), 'nothing of ours']) {
      written(standIn, 'hearthbook:books', stream, 'application/octet-stream')
      written(standIn, `other-${stream}`, '{}')
    }
    const listed = await collect(ledgers.list())
    expect(listed.map((book) => [book.id, book.head.revision])).toEqual(
      [
        [id, 1],
        [own, 0],
      ].toSorted(([a], [b]) => (streamName(a as typeof id) < streamName(b as typeof id) ? -1 : 1)),
    )
  })

  it('is empty in a store that has no catalogue', async () => {
    const { ledgers } = await both()
    expect(await collect(ledgers.list())).toEqual([])
  })
})

describe('stand-in: whether the store answers', () => {
  it('is known from a read, also of a store that has nothing yet', async () => {
    const { standIn, ledgers } = await both()
    await expect(ledgers.answers()).resolves.toBeUndefined()
    expect(standIn.seen.map(({ call, stream }) => [call, stream])).toEqual([['read', 'hearthbook:books']])
  })

  it('is no where it is gone, paused or not ready, and yes again afterwards', async () => {
    const { standIn, ledgers } = await both({}, HASTY)
    await standIn.gate.shut()
    await expect(ledgers.answers()).rejects.toThrow(StoreUnavailable)
    await standIn.gate.open()
    await expect
      .poll(() =>
        ledgers.answers().then(
          () => 'yes',
          () => 'no',
        ),
      )
      .toBe('yes')
    const catalogue = (stream: string) => stream === 'hearthbook:books'
    standIn.plan('read', [{ ends: ANSWERS.unavailable }, { ends: ANSWERS.unavailable }], catalogue)
    await expect(ledgers.answers()).rejects.toThrow(StoreUnavailable)
    await expect(ledgers.answers()).resolves.toBeUndefined()
    standIn.gate.pause()
    await expect(ledgers.answers()).rejects.toThrow(StoreUnavailable)
    standIn.gate.resume()
  })
})

describe('stand-in: closing', () => {
  it('comes to an end where the store says nothing any more', async () => {
    const { standIn, ledgers } = await both({}, HASTY)
    const id = freshBook()
    await ledgers.append(id, 'empty', recordsFrom(0))
    const following = collect(ledgers.follow('end', new AbortController().signal))
    const ended = expect(following).rejects.toThrow(StoreUnavailable)
    await expect.poll(() => standIn.subscriptions).toBe(1)
    standIn.gate.pause()
    await ledgers.close()
    await ended
    standIn.gate.resume()
  })

  it('comes to an end where no node was ever found', async () => {
    const { standIn } = await both()
    standIn.plan('gossip', Array(20).fill({ ends: 'silence' }))
    const ledgers = opened(`esdb+discover://127.0.0.1:${standIn.gate.port}?tls=false`, HASTY)
    const written = ledgers.append(freshBook(), 'empty', recordsFrom(0))
    const refused = expect(written).rejects.toThrow(StoreUnavailable)
    await ledgers.close()
    await refused
  })
})
