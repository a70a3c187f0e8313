import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Timer } from '../../src/engine/timer.ts'
import { AppendOutcomeUnknown, RevisionConflict, StoreUnavailable } from '../../src/ledger/port.ts'
import { leafHash } from '../../src/ledger/proofs/leaf.ts'
import { verifyBook } from '../../src/ledger/proofs/verify-book.ts'
import { circleNames, definedRole, formedCircle, importedHolding } from '../support/book.ts'
import { type TestNode, type TwoNodes, twoNodes } from '../support/nodes.ts'
import { fieldOf, personNamed } from '../support/scenario.ts'

const [ada, ben, cyd] = ['ada', 'ben', 'cyd'].map(personNamed) as [string, string, string]
let nodes: TwoNodes
let a: TestNode
let b: TestNode
const stops: (() => Promise<void>)[] = []

beforeEach(async () => {
  nodes = await twoNodes(['ada', 'ben'])
  a = nodes.a
  b = nodes.b
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const form = ({ book }: TestNode, name: string, how: object = {}) =>
  book.when('FormCircle', { name, purpose: 'x' }, ada, how)
/** As {@link form}, asked for again with the same key where the race was lost too often, as a client is to do. */
async function formAtAll(node: TestNode, name: string) {
  for (;;) {
    const outcome = await form(node, name, { key: name }).catch((error: unknown) => {
      if (error instanceof RevisionConflict) return undefined
      throw error
    })
    if (outcome) return outcome
  }
}
const circles = ({ book }: TestNode) => circleNames(book)
const follows = (...followers: TestNode[]) => {
  for (const { book } of followers) stops.push(book.engine.follow())
}

/** Both nodes, and one that loads all of it now, have the same views; the books verify. */
async function areSound(): Promise<void> {
  for (const name of ['open', 'private'] as const) {
    const records = await a.book.records(name)
    expect(records.map(({ revision }) => revision)).toEqual(records.map((_, index) => index))
    if (records.length > 0)
      expect(await verifyBook({ community: a.book.community, book: name }, [records])).toMatchObject({ findings: [] })
  }
  const views = await (await nodes.another().book.hot()).digests()
  for (const { book } of [a, b]) {
    await (await book.hot()).catchUp()
    expect(await (await book.hot()).digests()).toEqual(views)
  }
}

describe('two nodes that write to one community', () => {
  it('both get everything in, in one order without gaps', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `Circle ${String(index).padStart(2, '0')}`)
    const outcomes = await Promise.all(names.map((name, index) => formAtAll(index % 2 ? a : b, name)))
    expect(outcomes.map(({ kind }) => kind)).toEqual(names.map(() => 'done'))
    await areSound()
    expect(await circles(a)).toEqual(names)
  })

  it('read on after a lost race, and load nothing anew', async () => {
    const before = [await a.book.hot(), a.store.fromStart]
    await form(b, 'Garden')
    expect(await form(a, 'Kitchen')).toMatchObject({ kind: 'done', repeated: false })
    expect([await a.book.hot(), a.store.fromStart]).toEqual(before)
    await areSound()
  })

  it('decide again three times and then give up, as they were before', async () => {
    const lost = async () => {
      await form(b, `Circle ${a.store.appends}`)
      throw new RevisionConflict(0, 1)
    }
    a.store.next(lost, lost, lost, lost)
    await expect(form(a, 'Kitchen')).rejects.toThrow(RevisionConflict)
    expect(a.store.appends).toBe(4)
    await areSound()
    expect(await circles(a)).toEqual(['Circle 1', 'Circle 2', 'Circle 3', 'Circle 4'])
    expect(await form(a, 'Kitchen')).toMatchObject({ kind: 'done' })
  })

  it('let one of two have the last seat', async () => {
    const circleId = await formedCircle(a.book, ada)
    const roleId = await definedRole(a.book, ada, circleId, { weight: 1, seats: 1 })
    const asks = []
    for (const toId of [ada, ben])
      asks.push(fieldOf(await a.book.given('OfferRole', { roleId, toId }, ada), 'RoleOffered', 'askId'))
    await (await b.book.hot()).catchUp()
    const answers = await Promise.all([
      a.book.when('AcceptRole', { roleId, askId: asks[0] }, ada),
      b.book.when('AcceptRole', { roleId, askId: asks[1] }, ben),
    ])
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['done', 'refused'])
    expect(answers.find(({ kind }) => kind === 'refused')).toMatchObject({ refusal: { code: 'NO_FREE_SEAT' } })
    await areSound()
  })
})

describe('a command that says which version its caller saw', () => {
  const rename = ({ book }: TestNode, circleId: string, name: string, ifMatch: number, dryRun = false) =>
    book.when('AmendCircle', { circleId, changes: { name } }, ada, { ifMatch, target: `circle:${circleId}`, dryRun })

  it('is refused where another node changed it, and never decided again', async () => {
    const circleId = await formedCircle(a.book, ada)
    const { revision } = (await a.book.hot()).head
    await (await b.book.hot()).catchUp()
    // What was touched last is looked up in the store the first time, and known from then on.
    expect(await rename(a, circleId, 'Attic', revision, true)).toMatchObject({ kind: 'dry-run' })
    expect(await rename(b, circleId, 'Cellar', revision)).toMatchObject({ kind: 'done' })
    const appends = a.store.appends
    expect(await rename(a, circleId, 'Attic', revision)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'PRECONDITION_FAILED' },
    })
    expect(a.store.appends - appends).toBe(1)
    await areSound()
  })

  it('is given back where the race was lost to something else', async () => {
    const circleId = await formedCircle(a.book, ada)
    const { revision } = (await a.book.hot()).head
    await form(b, 'Garden')
    const appends = a.store.appends
    await expect(rename(a, circleId, 'Attic', revision)).rejects.toThrow(RevisionConflict)
    expect(a.store.appends - appends).toBe(1)
    expect(await rename(a, circleId, 'Attic', revision)).toMatchObject({ kind: 'done' })
    await areSound()
  })
})

describe('a node that is behind', () => {
  it('refuses nothing that is right by now', async () => {
    await a.book.given('JoinCommunity', { displayName: 'cyd' }, cyd)
    const circleId = await formedCircle(a.book, cyd)
    expect(await b.book.when('DefineRole', { circleId, name: 'cook', purpose: 'x' }, cyd)).toMatchObject({
      kind: 'done',
    })
  })

  it('knows of an ask made at another node when its yes comes, and of the no before it', async () => {
    const circleId = await formedCircle(a.book, ada)
    const roleId = await definedRole(a.book, ada, circleId, { weight: 1 })
    const askId = fieldOf(await a.book.given('OfferRole', { roleId, toId: ben }, ada), 'RoleOffered', 'askId')
    expect(await b.book.ask('my-asks', {}, {}, ben)).toMatchObject({ asks: [{ askId }] })
    await a.book.given('WithdrawAsk', { askId }, ada)
    expect(await b.book.when('AcceptRole', { roleId, askId }, ben)).toMatchObject({ kind: 'refused' })
    const again = fieldOf(await a.book.given('OfferRole', { roleId, toId: ben }, ada), 'RoleOffered', 'askId')
    expect(await b.book.when('AcceptRole', { roleId, askId: again }, ben)).toMatchObject({ kind: 'done' })
    await areSound()
  })

  it('gives the first answer to a command done elsewhere, and none to another under its key', async () => {
    const first = await a.book.done('FormCircle', { name: 'Kitchen', purpose: 'x' }, ada, { key: 'k' })
    const again = await b.book.later().done('FormCircle', { name: 'Kitchen', purpose: 'x' }, ada, { key: 'k' })
    expect(again).toMatchObject({ repeated: true, events: first.events })
    expect(again.receipt).toEqual(first.receipt)
    const node = nodes.another()
    await node.book.hot()
    await form(a, 'Garden', { key: 'l' })
    expect(await form(node, 'Cellar', { key: 'l' })).toMatchObject({ refusal: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    expect(await circles(a)).toEqual(['Garden', 'Kitchen'])
  })

  it('gives an answer the tag of what it knew, not of what the store knows by now', async () => {
    const circleId = await formedCircle(a.book, ada)
    await (await b.book.hot()).catchUp()
    const before = (await b.book.hot()).head.revision
    await a.book.given('AmendCircle', { circleId, changes: { name: 'Cellar' } }, ada)
    const question = b.book.registry.questions.get('circle')
    if (!question) throw new Error('there is no such question')
    const asked = await b.book.engine.ask('hearth', question, question.params.parse({ circle: circleId }), {})
    expect(asked).toMatchObject({ head: { revision: before }, touchedAt: before })
  })

  it('comes to the least revision it is asked for, and says where there is none', async () => {
    await form(a, 'Kitchen')
    const { revision } = (await a.book.hot()).head
    expect(await b.book.engine.reach('hearth', revision)).toBeUndefined()
    expect(await circles(b)).toEqual(['Kitchen'])
    expect(await b.book.engine.reach('hearth', revision + 1)).toMatchObject({
      code: 'REVISION_NOT_REACHED',
      facts: { minRevision: revision + 1, head: revision },
    })
  })

  it('serves nothing that does not follow what it has', async () => {
    await form(a, 'Kitchen')
    b.store.tamper = (record) => ({ ...record, text: record.text.replace('Kitchen', 'Kitschen') })
    await expect(b.book.engine.reach('hearth', 4)).rejects.toMatchObject({ name: 'LedgerDoesNotVerify' })
    await expect(circles(b)).rejects.toMatchObject({ name: 'LedgerDoesNotVerify' })
    b.store.tamper = (record) => record
    expect(await circles(b)).toEqual(['Kitchen'])
  })
})

describe('an append of one of several nodes whose outcome is unknown', () => {
  const lost = async (append: () => Promise<unknown>) => {
    await append()
    throw new AppendOutcomeUnknown('the line went dead')
  }

  it('is found to be done when it is asked for again, whoever wrote since', async () => {
    a.store.next(lost, lost)
    await expect(form(a, 'Kitchen', { key: 'k' })).rejects.toThrow(AppendOutcomeUnknown)
    await form(b, 'Garden')
    expect(await form(a, 'Kitchen', { key: 'k' })).toMatchObject({ kind: 'done', repeated: true })
    await areSound()
    expect(await circles(a)).toEqual(['Garden', 'Kitchen'])
  })
})

describe('while the store is away', () => {
  const away = () => {
    throw new StoreUnavailable('not there')
  }

  it('what is known is answered; what must not be behind, and commands, are not', async () => {
    await form(a, 'Kitchen')
    a.store.beforeRead = away
    a.store.next(away)
    await expect(form(a, 'Garden')).rejects.toThrow(StoreUnavailable)
    expect(await circles(a)).toEqual(['Kitchen'])
    await expect(a.book.ask('my-asks', {}, {}, ben)).rejects.toThrow(StoreUnavailable)
    await expect(a.book.engine.reach('hearth', 99)).rejects.toThrow(StoreUnavailable)
    // A refusal might be wrong, too.
    await expect(form(a, 'Kitchen', { ifMatch: 0 })).rejects.toThrow(StoreUnavailable)
    a.store.beforeRead = () => undefined
    expect(await form(a, 'Garden')).toMatchObject({ kind: 'done', repeated: false })
    await areSound()
  })
})

describe('a node that follows', () => {
  beforeEach(() => follows(a, b))

  it('has what the others write, and tells its own followers', async () => {
    const told: number[] = []
    const hot = await b.book.hot()
    const { revision } = hot.head
    await hot.follow(revision, (event) => told.push(event.revision), vi.fn())
    await form(a, 'Kitchen')
    await form(a, 'Garden')
    await vi.waitUntil(() => told.length === 2)
    expect(told).toEqual([revision + 1, revision + 2])
    expect(await circles(b)).toEqual(['Garden', 'Kitchen'])
    expect(b.store.appends).toBe(0)
  })

  it('reads on where it missed something, and comes back when following breaks off', async () => {
    const node = nodes.another()
    await node.book.hot()
    const { ledgers } = a.book
    let broken = 0
    const follow = ledgers.follow.bind(ledgers)
    node.store.follow = (from, signal) => {
      broken += 1
      if (broken > 2) return follow(from, signal)
      return (async function* () {
        for await (const followed of follow(from, signal)) {
          // The first word never comes, the second is the last.
          if (broken === 2) yield followed
          if (broken < 3) throw new StoreUnavailable('cut off')
        }
      })()
    }
    follows(node)
    for (const name of ['A', 'B', 'C']) {
      await form(a, name)
      const { revision } = (await a.book.hot()).head
      if (name !== 'A') await vi.waitUntil(async () => (await node.book.hot()).head.revision === revision)
    }
    expect(await circles(node)).toEqual(['A', 'B', 'C'])
    expect(broken).toBeGreaterThan(1)
  })

  it('opens the words of people who came at another node, and closes those of the erased', async () => {
    const { personId } = await importedHolding(a.book)
    const names = async () => JSON.stringify(await b.book.ask('people'))
    await vi.waitUntil(async () => (await names()).includes('Lovelace'))
    await a.book.given('ErasePersonalData', { personId, onRequest: true })
    await vi.waitUntil(async () => !(await names()).includes('Lovelace'))
    expect(await a.book.vault.erasures('hearth')).toHaveLength(1)
  })

  it('ends what somebody had who leaves at another node', async () => {
    const ended: string[] = []
    const node = nodes.another({ endCredentials: async (_, personId) => ended.push(personId) })
    await node.book.hot()
    follows(node)
    await a.book.given('LeaveCommunity', {}, ben)
    await vi.waitUntil(() => ended.length > 0)
    expect(ended).toEqual([ben])
    expect((await node.book.hot()).standing.isMember(ben)).toBe(false)
  })

  it('gives up a community whose store has another record in the place of one it knows', async () => {
    await form(a, 'Kitchen')
    const hot = await b.book.hot()
    await vi.waitUntil(() => hot.head.revision === 3)
    const [record] = (await a.book.records()).slice(-1)
    const text = record?.text.replace('Kitchen', 'Cellar') ?? ''
    hot.heard({ book: 'open', record: { revision: 3, id: record?.id ?? '', text, hash: leafHash(text) } })
    await vi.waitUntil(() => hot.failed)
    // The store has what was written: loading it anew is all that is needed.
    expect(await circles(b)).toEqual(['Kitchen'])
    expect(await b.book.hot()).not.toBe(hot)
  })
})

describe('what falls due by time', () => {
  it('is noticed once, by however many nodes', async () => {
    const nodesThen = await twoNodes(['ada', 'ben'], '2026-01-05T00:00:00Z')
    const { book } = nodesThen.a
    const unguarded = { mandateToDefine: 'off', mandateToOffer: 'off', partnersByWeight: [] }
    await book.given('AmendPolicy', { changes: unguarded }, ada)
    const roleId = await definedRole(book, ada, await formedCircle(book, ada), { weight: 3 })
    const askId = fieldOf(await book.given('OfferRole', { roleId, toId: ben }, ada), 'RoleOffered', 'askId')
    await book.given('AcceptRole', { roleId, askId }, ben)
    book.at('2026-09-01T00:00:00Z')
    const timers = [nodesThen.a, nodesThen.b, nodesThen.another()].map((node) => new Timer(node.book.engine))
    await Promise.all(timers.map((timer) => timer.run()))
    const notices = (await book.events()).filter(({ via }) => via === 'timer')
    expect(new Set(notices.map(({ commandId }) => commandId)).size).toBe(6)
    expect(notices).toHaveLength(6)
    expect(await Promise.all(timers.map((timer) => timer.run()))).toEqual([0, 0, 0])
  })
})

describe('keys that live in another process', () => {
  it('are used no longer than they may be without a word from it', async () => {
    let now = 0
    let away = false
    const vault = new Proxy(a.book.vault, {
      get: (target, name) => {
        if (away && name === 'keysOf') return () => Promise.reject(new Error('no vault'))
        const member: unknown = Reflect.get(target, name, target)
        return typeof member === 'function' ? member.bind(target) : member
      },
    })
    const node = nodes.another({ vault, keeping: { keptMs: 60_000, now: () => now } })
    const names = async () => JSON.stringify(await node.book.ask('people'))
    expect(await names()).toContain('"ada"')
    away = true
    now = 59_999
    expect(await names()).toContain('"ada"')
    now = 60_000
    await expect(names()).rejects.toThrow('no vault')
    await expect(form(node, 'Kitchen')).rejects.toThrow('no vault')
    // Nobody is shown as erased meanwhile.
    away = false
    expect(await names()).toContain('"ada"')
    await a.book.vault.erase('hearth', ada, '2026-03-01T09:00:00Z')
    now = 120_000
    expect(await names()).not.toContain('"ada"')
  })
})

describe('any mixture of commands, lost answers and following', () => {
  it('ends in one book and the same views everywhere', async () => {
    const step = fc.record({
      at: fc.constantFrom('a', 'b'),
      does: fc.constantFrom('form', 'offer', 'follow', 'lose', 'refuse', 'together'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        nodes = await twoNodes(['ada', 'ben'])
        a = nodes.a
        b = nodes.b
        const roleId = await definedRole(a.book, ada, await formedCircle(a.book, ada), { weight: 1 })
        let done = 0
        for (const [index, { at, does }] of steps.entries()) {
          const node = at === 'a' ? a : b
          const name = `C${index}`
          if (does === 'follow') follows(node)
          else if (does === 'offer') await node.book.given('OfferRole', { roleId, toId: ben }, ada)
          else if (does === 'refuse') await node.book.refused('FormCircle', { name, purpose: 'x' }, ada, { ifMatch: 0 })
          else if (does === 'together') {
            const both = await Promise.all([formAtAll(a, name), formAtAll(b, `${name}b`)])
            done += both.filter(({ kind }) => kind === 'done').length
          } else {
            if (does === 'lose')
              node.store.next(async (append) => {
                await append()
                throw new AppendOutcomeUnknown('lost')
              })
            done += (await formAtAll(node, name)).kind === 'done' ? 1 : 0
          }
        }
        await areSound()
        expect(await circles(a)).toHaveLength(done + 1)
        for (const stop of stops.splice(0)) await stop()
      }),
      { numRuns: 15 },
    )
  })
})
