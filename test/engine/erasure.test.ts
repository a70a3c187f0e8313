import { beforeEach, describe, expect, it } from 'vitest'
import { HotCommunity } from '../../src/engine/hot-community.ts'
import { verifyBook } from '../../src/ledger/proofs/verify-book.ts'
import { holdingRow, type ImportedHolding, importedHolding, roster } from '../support/book.ts'
import { Scenario } from '../support/scenario.ts'
import { FailingLedgers } from './failing-ledgers.ts'

let book: Scenario
let held: ImportedHolding
let store: FailingLedgers
beforeEach(async () => {
  book = await Scenario.founded([], {
    ledgers: (real) => {
      store = new FailingLedgers(real)
      return store
    },
  })
  held = await importedHolding(book)
})
const erase = () => book.given('ErasePersonalData', { personId: held.personId, onRequest: true })

/** Everything any question says of anybody, as one text. */
async function everythingSaid(server = book): Promise<string> {
  const { personId, circleId, roleId, event } = held
  const period = { from: '2020-01-01', through: '2026-01-01' }
  const until = '2026-01-01'
  const params = {
    until,
    person: personId,
    other: personId,
    circle: circleId,
    role: roleId,
    event: event.id,
    ...period,
  }
  const said: unknown[] = []
  for (const question of server.registry.questions.values()) {
    for (const some of [params, { ...params, person: 'ada' }, { ...period, until, importId: 'minutes' }]) {
      const known = Object.fromEntries(Object.entries(some).filter(([name]) => name in question.params.shape))
      const parsed = question.params.safeParse({ ...known, thenAsOf: '2021-01-01' })
      const input = parsed.success ? { ...known, thenAsOf: '2021-01-01' } : known
      if (question.params.safeParse(input).success) said.push([question.name, await server.ask(question.name, input)])
    }
  }
  return JSON.stringify(said)
}

describe('an erased person', () => {
  it('is named in no answer at once, nor after a restart, where they were in many before', async () => {
    expect((await everythingSaid()).split('Lovelace').length).toBeGreaterThan(10)
    await erase()
    for (const server of [book, book.restarted()]) {
      expect(await everythingSaid(server)).not.toContain('Lovelace')
      expect(await roster(server)).toEqual(['(erased) 2020-01-01'])
    }
  })

  it('is named in no answer whose head has the erasure, even while it is being written', async () => {
    const { revision } = (await book.hot()).head
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    store.next(async (append) => {
      await held
      return append()
    })
    const erasing = erase()
    while ((await book.hot()).head.revision === revision) await new Promise((resolve) => setImmediate(resolve))
    const answers = Promise.all([book.ask('audit'), book.ask('people')])
    await new Promise((resolve) => setImmediate(resolve))
    release()
    await erasing
    expect(JSON.stringify(await answers)).not.toContain('Lovelace')
  })

  it('leaves who held what when, under the same id', async () => {
    const before = await book.ask('holders', {})
    await erase()
    const after = await book.ask('holders', {})
    const { name: _, ...ref } = { id: held.personId, name: null, handle: null, erased: true }
    expect(after).toMatchObject({ ...before, holders: [{ holdingId: held.holdingId, person: ref }] })
  })

  it('leaves a chain that verifies, to the same root for what was there before', async () => {
    const before = await book.records()
    const id = { community: book.community, book: 'open' } as const
    await erase()
    const records = await book.records()
    expect(records.slice(0, before.length)).toEqual(before)
    expect(await verifyBook(id, [records])).toMatchObject({ findings: [] })
  })

  it('has no key in the vault any more, and stands in its journal', async () => {
    const persons = async () => [...(await book.vault.keysOf(book.community)).values()].map(({ personId }) => personId)
    expect(await persons()).toContain(held.personId)
    await erase()
    expect(await persons()).not.toContain(held.personId)
    const [erased] = await book.events().then((events) => events.filter(({ type }) => type === 'PersonalDataErased'))
    expect(await book.vault.erasures(book.community)).toEqual([
      { community: book.community, personId: held.personId, at: erased?.recordedAt },
    ])
  })

  it('stays erased where the vault was restored from before it', async () => {
    await erase()
    // The record says that the key is gone; a load destroys one that came back with an old copy of the vault.
    const erased: string[] = []
    const { vault } = book
    const watched = new Proxy(vault, {
      get(target, name) {
        if (name === 'erase') {
          return async (community: string, personId: string, at: string) => {
            erased.push(personId)
            await target.erase(community, personId, at)
          }
        }
        const member: unknown = Reflect.get(target, name, target)
        return typeof member === 'function' ? member.bind(target) : member
      },
    })
    await HotCommunity.load(book.community, { ...book.engine.parts, vault: watched })
    expect(erased).toEqual([held.personId])
  })

  it('does not come back by importing the same record again, nor more of it', async () => {
    await erase()
    const rows = [holdingRow(), holdingRow({ from: '2015', to: '2016' }), holdingRow({ to: '2025-01-01' })]
    await book.given('ImportHoldings', { importId: 'again', rows })
    expect(await everythingSaid()).not.toContain('Lovelace')
    expect(await book.ask('people')).toMatchObject({ count: 1 })
  })

  it('does not come back by withdrawing the import and importing it again', async () => {
    await erase()
    await book.given('WithdrawImport', { importId: 'minutes' })
    await importedHolding(book, {}, 'again').catch(() => undefined)
    expect(await everythingSaid()).not.toContain('Lovelace')
  })

  it('is refused, not failed, where words of theirs would be written', async () => {
    await erase()
    const { importId, personId, personKey } = held.personEvent.data
    const replacement = { importId, personId, personKey, name: 'Ada King', sourceId: 'ada' }
    const input = { eventId: held.personEvent.id, replacement, reason: 'x' }
    expect(await book.when('CorrectRecord', input)).toMatchObject({ kind: 'refused' })
    expect(await book.when('JoinCommunity', { displayName: 'Ada' }, held.personId)).toMatchObject({ kind: 'refused' })
  })

  it('is not told apart by name: nobody is found under it', async () => {
    await erase()
    expect(await book.ask('people', { name: 'Ada Lovelace' })).toMatchObject({ count: 0 })
    expect(await book.ask('person', { person: 'ada' })).toBeUndefined()
  })
})
