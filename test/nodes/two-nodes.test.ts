import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { storeAddress } from '../../src/ledger/eventstoredb/address.ts'
import { openEventStoreLedgers } from '../../src/ledger/eventstoredb/eventstore-ledgers.ts'
import { verifyBook } from '../../src/ledger/proofs/verify-book.ts'
import { readAll } from '../support/records.ts'
import { Cluster, expectDone } from './cluster.ts'
import type { Target } from './line.ts'
import { STORES } from './stores.ts'

/*
 * Two nodes as processes of their own over one store.
 *
 * On the stand-in it proves what nodes do with what they see on the wire of a store that others write to, hangs, goes
 * away and comes back. It cannot prove that a server keeps what it said it had written: that is what `server` is for.
 */

const PATIENCE = { timeout: 20_000, interval: 20 }

for (const [kind, start] of Object.entries(STORES)) {
  describe(`two nodes (${kind})`, () => {
    let at: Cluster
    let missing: string | undefined
    beforeAll(async () => {
      const store = await start()
      if ('missing' in store) missing = store.missing
      else at = await Cluster.start(store)
    })
    beforeEach((context) => {
      if (missing !== undefined) context.skip(missing)
    })
    afterAll(() => at?.close())

    /** What is acknowledged is in the store, once and in order, and both nodes have it so. */
    async function expectOneBook(formed: readonly string[]): Promise<void> {
      const ledgers = openEventStoreLedgers(storeAddress(`esdb://127.0.0.1:${at.lineA.port}?tls=false`))
      try {
        const book = { community: at.community, book: 'open' } as const
        const records = await readAll(ledgers, book)
        expect(await verifyBook(book, [records])).toMatchObject({ findings: [] })
        const names = records.map(({ text }) => JSON.parse(text).data.name as string | undefined)
        expect(formed.filter((name) => names.filter((each) => each === name).length !== 1)).toEqual([])
        const head = records.length - 1
        const digests = []
        for (const node of [at.a, at.b]) {
          await at.circles(node, head)
          digests.push((await node.send('GET', at.at('/digests'), at.operator)).body)
        }
        expect(digests[0]).toMatchObject({ revision: head })
        expect(digests[1]).toEqual(digests[0])
      } finally {
        await ledgers.close()
      }
    }

    it('race on one community, and every command is done once', async () => {
      const names = Array.from({ length: 24 }, (_, index) => `race-${index}`)
      const answers = await Promise.all(
        names.map((name, index) => at.formAtAll(index % 2 ? [at.a, at.b] : [at.b, at.a], name)),
      )
      expect(new Set(answers.map(expectDone)).size).toBe(names.length)
      await expectOneBook(names)
    })

    it('answer one command that is sent to both at once with the same events', async () => {
      const [one, other] = await Promise.all([at.formAtAll([at.a], 'both'), at.formAtAll([at.b], 'both')])
      expect(other.body.events).toEqual(one.body.events)
      expect(other.body.receipt).toEqual(one.body.receipt)
      expect([one.status, other.status].sort()).toEqual([200, 201])
    })

    it('let a follower resume after every event, at one node or the other', async () => {
      const names = Array.from({ length: 6 }, (_, index) => `resumed-${index}`)
      const first = await at.stream(at.a)
      await first.until(() => first.lastId !== undefined)
      let { lastId } = first
      await first.leave()
      for (const [index, name] of names.entries()) expectDone(await at.form(index % 2 ? at.a : at.b, name))
      const seen: string[] = []
      for (let turn = 0; seen.length < names.length; turn += 1) {
        const reader = await at.stream(turn % 2 ? at.a : at.b, lastId)
        await reader.until(() => reader.events.length > 0)
        seen.push(reader.events[0]?.data.data.name)
        lastId = reader.events[0]?.id
        await reader.leave()
      }
      expect(seen).toEqual(names)
    })

    it('end at the other node what somebody had who leaves', async () => {
      const ben = `person_${'ben'.padEnd(22, '0')}`
      const session = await at.signIn(ben)
      expectDone(await at.a.send('POST', at.at('/members'), session, { displayName: 'Ben' }))
      const reading = async () => (await at.b.send('GET', at.at('/circles'), session)).status
      expect(await reading()).toBe(200)
      expectDone(await at.a.send('POST', at.at('/departures'), session, {}))
      await vi.waitUntil(async () => (await reading()) === 401, PATIENCE)
    })

    it('lose nothing that was acknowledged where one is killed, and have it back when it is started again', async () => {
      const names = Array.from({ length: 30 }, (_, index) => `killed-${index}`)
      let done = 0
      const all = names.map(async (name, index) => {
        const answer = await at.formAtAll(index % 2 ? [at.a, at.b] : [at.b, at.a], name)
        done += 1
        return answer
      })
      await vi.waitUntil(() => done > 5, PATIENCE)
      await at.b.kill()
      expect(new Set((await Promise.all(all)).map(expectDone)).size).toBe(names.length)
      await at.b.start()
      await expectOneBook(names)
    })

    it('answer what they know while the store hangs, and do what waits when it goes on', async () => {
      at.lineA.silence()
      let answered = false
      const forming = at.form(at.a, 'paused').finally(() => {
        answered = true
      })
      expect(await at.circles(at.a)).toContain('both')
      expect(answered).toBe(false)
      at.lineA.mend()
      expect(await at.circles(at.b, expectDone(await forming))).toContain('paused')
      await expectOneBook(['paused'])
    })

    it('say so while the store cannot be reached, and are as before when it can', async () => {
      at.lineA.break()
      const refused = await at.form(at.a, 'unreachable', 'unreachable')
      expect(refused).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } })
      expect(refused.headers.get('retry-after')).not.toBeNull()
      expect(await at.circles(at.a)).toContain('both')
      expect((await at.a.send('GET', '/readyz', at.operator)).status).toBe(503)
      const elsewhere = expectDone(await at.form(at.b, 'meanwhile'))
      at.lineA.mend()
      expectDone(await at.formAtAll([at.a], 'unreachable'))
      expect(await at.circles(at.a, elsewhere)).toContain('meanwhile')
      await vi.waitUntil(async () => (await at.a.send('GET', '/readyz', at.operator)).status === 200, PATIENCE)
      await expectOneBook(['unreachable', 'meanwhile'])
    })

    it('take up their streams after every line to the store broke', async () => {
      await expectToGoOn('broken', async () => undefined)
    })

    it('go on after a restart of the store, streams and all', async (context) => {
      const { restart } = at.store
      if (!restart) return context.skip('the store is not ours to restart')
      await expectToGoOn('restarted', restart)
      await expectOneBook(['both', 'paused', 'restarted'])
    })

    async function expectToGoOn(name: string, meanwhile: () => Promise<Target | undefined>): Promise<void> {
      const reader = await at.stream(at.b)
      await reader.until(() => reader.lastId !== undefined)
      for (const line of [at.lineA, at.lineB]) line.break()
      const target = await meanwhile()
      for (const line of [at.lineA, at.lineB]) line.mend(target)
      expectDone(await at.formAtAll([at.a], name))
      await reader.until(() => reader.events.some(({ data }) => data.data.name === name))
      await reader.leave()
      await expectOneBook([name])
    }
  })
}
