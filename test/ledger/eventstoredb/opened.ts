import { onTestFinished } from 'vitest'
import { storeAddress } from '../../../src/ledger/eventstoredb/address.ts'
import type { Deadlines } from '../../../src/ledger/eventstoredb/connection.ts'
import { openEventStoreLedgers } from '../../../src/ledger/eventstoredb/eventstore-ledgers.ts'
import type { Ledgers } from '../../../src/ledger/port.ts'
import { StandIn, type StandInOptions } from '../../support/eventstore-stand-in/stand-in.ts'

/** Short enough for a test that waits for one, long enough for a busy machine to answer within. */
export const HASTY: Partial<Deadlines> = { append: 1000, read: 1000, answer: 500, close: 200 }

/** A stand-in that is stopped when the test is over. */
export async function started(options: StandInOptions = {}): Promise<StandIn> {
  const standIn = await StandIn.start(options)
  onTestFinished(() => standIn.stop())
  return standIn
}

/** The adapter on a stand-in, or on an address, closed when the test is over. */
export function opened(on: StandIn | string, deadlines: Partial<Deadlines> = {}): Ledgers {
  const ledgers = openEventStoreLedgers(storeAddress(typeof on === 'string' ? on : on.url), deadlines)
  onTestFinished(() => ledgers.close())
  return ledgers
}

/** A stand-in and the adapter on it. */
export async function both(options: StandInOptions = {}, deadlines: Partial<Deadlines> = {}) {
  const standIn = await started(options)
  return { standIn, ledgers: opened(standIn, deadlines) }
}
