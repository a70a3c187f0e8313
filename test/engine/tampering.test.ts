import { beforeEach, describe, expect, it } from 'vitest'
import { LedgerDoesNotVerify } from '../../src/engine/errors.ts'
import type { LedgerRecord } from '../../src/ledger/port.ts'
import { leafHash } from '../../src/ledger/proofs/leaf.ts'
import { circleNames, formedCircle } from '../support/book.ts'
import { personNamed, Scenario } from '../support/scenario.ts'
import { FailingLedgers } from './failing-ledgers.ts'

const ada = personNamed('ada')
let book: Scenario
let other: Scenario
let store: FailingLedgers

beforeEach(async () => {
  book = await Scenario.founded(['ada'], {
    ledgers: (real) => {
      store = new FailingLedgers(real)
      return store
    },
  })
  other = await book.beside('neighbours').with(['ada'])
  for (const each of [book, other]) await formedCircle(each, ada)
})

/** Changes a record of the one community from now on. */
function tamper(change: (record: LedgerRecord) => LedgerRecord): void {
  store.tamper = (record, id) => (id.community === book.community ? change(record) : record)
}

describe('a book that does not verify', () => {
  it.each<[string, (record: LedgerRecord) => LedgerRecord]>([
    ['a changed text', (r) => (r.revision === 1 ? { ...r, text: r.text.replace('ada', 'eve') } : r)],
    [
      'a changed text with the hash that fits it',
      (r) => {
        const text = r.text.replace('ada', 'eve')
        return r.revision === 1 ? { ...r, text, hash: leafHash(text) } : r
      },
    ],
    ['a changed hash', (r) => (r.revision === 2 ? { ...r, hash: leafHash('x') } : r)],
    ['a revision that is missing', (r) => (r.revision >= 1 ? { ...r, revision: r.revision + 1 } : r)],
    ['a text that is no JSON', (r) => (r.revision === 1 ? { ...r, text: '{', hash: leafHash('{') } : r)],
  ])('is not served: %s; the others go on', async (_, change) => {
    tamper(change)
    const server = book.restarted()
    await expect(server.ask('circles')).rejects.toThrow(LedgerDoesNotVerify)
    await expect(server.when('FormCircle', { name: 'x', purpose: 'x' }, ada)).rejects.toThrow(LedgerDoesNotVerify)
    const neighbours = server.beside(other.community)
    expect(await circleNames(neighbours)).toEqual(['Kitchen'])
    await formedCircle(neighbours, ada, { name: 'Garden' })
  })

  it('is not served where it is the book of another community', async () => {
    const theirs = await other.records()
    tamper((record) => theirs[record.revision] ?? record)
    await expect(book.restarted().ask('circles')).rejects.toThrow(LedgerDoesNotVerify)
  })

  it('is served again once it is put right', async () => {
    tamper((record) => ({ ...record, hash: leafHash('x') }))
    const server = book.restarted()
    await expect(server.ask('circles')).rejects.toThrow(LedgerDoesNotVerify)
    tamper((record) => record)
    expect(await circleNames(server)).toEqual(['Kitchen'])
  })
})
