import type { BookId } from '../kernel/book.ts'
import {
  type Appended,
  AppendOutcomeUnknown,
  type Expected,
  type LedgerRecord,
  type Ledgers,
  type NonEmpty,
} from '../ledger/port.ts'

/**
 * Appends records, and where the store cannot say whether it did, appends the same once more: with the same ids and the
 * same expected revision a store that had written them says so, and writes nothing twice.
 */
export async function appendSettled(
  ledgers: Ledgers,
  id: BookId,
  expected: Expected,
  records: NonEmpty<LedgerRecord>,
): Promise<Appended> {
  try {
    return await ledgers.append(id, expected, records)
  } catch (error) {
    if (!(error instanceof AppendOutcomeUnknown)) throw error
    return ledgers.append(id, expected, records)
  }
}
