import type { EngineParts } from '../../src/engine/ports.ts'
import type { BookId } from '../../src/kernel/book.ts'
import type { LedgerRecord, Ledgers, ReadRange } from '../../src/ledger/port.ts'
import { FailingLedgers } from '../engine/failing-ledgers.ts'
import { Scenario } from './scenario.ts'

/** A node's own way to the store: it can be made to fail, and counts how often the open book is read. */
export class WayToStore extends FailingLedgers {
  /** How often the open book was read from its first record. */
  fromStart = 0
  /** Called before each read, which may fail there. */
  beforeRead: () => void = () => undefined

  override async *read(id: BookId, range?: ReadRange): AsyncIterable<readonly LedgerRecord[]> {
    this.beforeRead()
    if (id.book === 'open' && (range?.from ?? 0) === 0 && range?.to !== 0) this.fromStart += 1
    yield* super.read(id, range)
  }
}

/** One of several nodes that write to one store in memory. */
export interface TestNode {
  readonly book: Scenario
  readonly store: WayToStore
}

/** Two nodes over one store, one vault and one clock, neither of which follows the other yet. */
export interface TwoNodes {
  readonly a: TestNode
  readonly b: TestNode
  /** Another node that has loaded nothing yet. */
  another(changes?: Partial<EngineParts>): TestNode
}

/** Founds the community `hearth` with these members, and opens it at two nodes. */
export async function twoNodes(members: readonly string[], at?: string): Promise<TwoNodes> {
  const first = await Scenario.founded(members, at === undefined ? {} : { at })
  const another = (changes: Partial<EngineParts> = {}) => nodeOver(first, first.ledgers, changes)
  const [a, b] = [another(), another()]
  for (const { book } of [a, b]) await book.hot()
  return { a, b, another }
}

function nodeOver(first: Scenario, ledgers: Ledgers, changes: Partial<EngineParts>): TestNode {
  const store = new WayToStore(ledgers)
  return { store, book: first.restarted({ ledgers: store, shared: true, ...changes }) }
}
