import { randomUUID } from 'node:crypto'
import type { BookId } from '../../src/kernel/book.ts'
import { storeAddress } from '../../src/ledger/eventstoredb/address.ts'
import type { Followed, Ledgers } from '../../src/ledger/port.ts'

/**
 * The store that tests of the whole server run on: that of HEARTHBOOK_STORE where it is set, else one in memory
 * (undefined). There every server has communities of its own, whatever else is in the store.
 */
export async function storeOfTests(): Promise<Ledgers | undefined> {
  const text = process.env.HEARTHBOOK_STORE
  if (!text) return undefined
  const { openEventStoreLedgers } = await import('../../src/ledger/eventstoredb/eventstore-ledgers.ts')
  return apart(openEventStoreLedgers(storeAddress(text)), `t${randomUUID().slice(0, 8)}-`)
}

/** A store seen through names of its own: books under other names are not there. */
export function apart(ledgers: Ledgers, prefix: string): Ledgers {
  const outside = ({ community, book }: BookId): BookId => ({ community: `${prefix}${community}`, book })
  const inside = <T extends { readonly id: BookId }>(found: T): T | undefined => {
    const { community, book } = found.id
    if (!community.startsWith(prefix)) return undefined
    return { ...found, id: { community: community.slice(prefix.length), book } }
  }
  async function* only<T extends { readonly id: BookId }>(all: AsyncIterable<T>): AsyncIterable<T> {
    for await (const each of all) {
      const own = inside(each)
      if (own !== undefined) yield own
    }
  }
  return {
    append: (id, expected, records) => ledgers.append(outside(id), expected, records),
    read: (id, range) => ledgers.read(outside(id), range),
    follow: (from, signal) => only<Followed>(ledgers.follow(from, signal)),
    list: () => only(ledgers.list()),
    answers: () => ledgers.answers(),
    close: () => ledgers.close(),
  }
}
