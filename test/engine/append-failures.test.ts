import { beforeEach, describe, expect, it } from 'vitest'
import { AppendOutcomeUnknown, RevisionConflict, StoreFull, StoreUnavailable } from '../../src/ledger/port.ts'
import { verifyBook } from '../../src/ledger/proofs/verify-book.ts'
import { circleNames } from '../support/book.ts'
import { personNamed, Scenario } from '../support/scenario.ts'
import { FailingLedgers } from './failing-ledgers.ts'

const ada = personNamed('ada')
let book: Scenario
let store: FailingLedgers

beforeEach(async () => {
  book = await Scenario.founded(['ada'], {
    ledgers: (real) => {
      store = new FailingLedgers(real)
      return store
    },
  })
})

const form = (name: string, key = name) => book.when('FormCircle', { name, purpose: 'x' }, ada, { key })
const circles = () => circleNames(book.later())

async function isSound(): Promise<void> {
  const records = await book.records()
  expect(await verifyBook({ community: book.community, book: 'open' }, [records])).toMatchObject({ findings: [] })
  expect(records.map(({ revision }) => revision)).toEqual(records.map((_, index) => index))
  const views = await (await book.hot()).digests()
  expect(await (await book.restarted().hot()).digests()).toEqual(views)
}

describe('an append whose outcome is unknown', () => {
  it('is done once, and answered, where the store had written it', async () => {
    store.next(async (append) => {
      await append()
      throw new AppendOutcomeUnknown('the line went dead')
    })
    expect(await form('Kitchen')).toMatchObject({ kind: 'done', repeated: false })
    expect(await circles()).toEqual(['Kitchen'])
    await isSound()
  })

  it('is done once, and answered, where the store had not written it', async () => {
    store.next(async () => {
      throw new AppendOutcomeUnknown('the line went dead')
    })
    expect(await form('Kitchen')).toMatchObject({ kind: 'done' })
    expect(await circles()).toEqual(['Kitchen'])
    await isSound()
  })

  it('is reported where it stays unknown, and the same command finds that it was done', async () => {
    store.next(
      async (append) => {
        await append()
        throw new AppendOutcomeUnknown('the line went dead')
      },
      async () => {
        throw new AppendOutcomeUnknown('still dead')
      },
    )
    await expect(form('Kitchen')).rejects.toThrow(AppendOutcomeUnknown)
    expect(await form('Kitchen')).toMatchObject({ kind: 'done', repeated: true })
    expect(await circles()).toEqual(['Kitchen'])
    await isSound()
  })
})

describe('an append that lost the race', () => {
  it('is decided again on the newer book', async () => {
    const other = book.restarted()
    store.next(async (append) => {
      // The other node appends through the same wrapper, past the one meddling that is used up by now.
      await other.given('FormCircle', { name: 'Garden', purpose: 'x' }, ada)
      return append()
    })
    expect(await form('Kitchen')).toMatchObject({ kind: 'done' })
    expect(await circles()).toEqual(['Garden', 'Kitchen'])
    await isSound()
  })

  it('is given up after three times, and the community is usable afterwards', async () => {
    const lost = async () => {
      throw new RevisionConflict(1, 2)
    }
    store.next(lost, lost, lost)
    await expect(form('Kitchen')).rejects.toThrow(RevisionConflict)
    expect(await circles()).toEqual([])
    expect(await form('Kitchen')).toMatchObject({ kind: 'done', repeated: false })
    await isSound()
  })
})

describe.each([
  ['a full disk', () => new StoreFull('no space left'), StoreFull],
  ['a store that is away', () => new StoreUnavailable('not there'), StoreUnavailable],
])('%s', (_, error, type) => {
  const fail = async () => {
    throw error()
  }

  it('is reported as such, writes nothing, and the next command goes through', async () => {
    const before = await book.records()
    store.next(fail)
    await expect(form('Kitchen')).rejects.toThrow(type)
    expect(await book.records()).toEqual(before)
    expect(await circles()).toEqual([])
    expect(await form('Kitchen')).toMatchObject({ kind: 'done', repeated: false })
    expect(await circles()).toEqual(['Kitchen'])
    await isSound()
  })

  it('answers no command that was decided on the lost records, and loses none that is done again', async () => {
    store.next(fail)
    const names = ['A', 'B', 'C', 'D', 'E']
    const settled = await Promise.allSettled(names.map((name) => form(name)))
    const answered = names.filter((_name, index) => settled[index]?.status === 'fulfilled')
    expect(await circles()).toEqual(answered)
    expect(settled[0]?.status).toBe('rejected')
    for (const name of names) expect(await form(name)).toMatchObject({ kind: 'done' })
    expect(await circles()).toEqual(names)
    await isSound()
  })

  it('gives no answer from records that were never durable', async () => {
    let failNow = () => {}
    const held = new Promise<void>((resolve) => {
      failNow = resolve
    })
    store.next(async () => {
      await held
      throw error()
    })
    const forming = form('Kitchen')
    forming.catch(() => undefined)
    const asked = circleNames(book)
    failNow()
    expect(await asked.catch((reason: unknown) => reason)).not.toEqual(['Kitchen'])
    await expect(forming).rejects.toThrow(type)
    expect(await circles()).toEqual([])
  })
})

describe('a question asked while an append is under way that fails', () => {
  it('is answered from what is durable', async () => {
    await form('Kitchen')
    store.next(async () => {
      throw new StoreFull('no space left')
    })
    const [refused, answered] = await Promise.allSettled([form('Cellar'), circles()])
    expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(StoreFull) })
    expect(answered).toMatchObject({ status: 'fulfilled', value: ['Kitchen'] })
  })
})
