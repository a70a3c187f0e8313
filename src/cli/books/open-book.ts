import { join } from 'node:path'
import type { BookId } from '../../kernel/book.ts'
import type { LedgerRecord, Ledgers } from '../../ledger/port.ts'
import { openSqliteLedgers } from '../../ledger/sqlite/sqlite-ledgers.ts'

/** Reads a data directory's ledger, also beside a server that writes to it. */
export async function withLedgers<T>(directory: string, use: (ledgers: Ledgers) => Promise<T>): Promise<T> {
  const ledgers = await openSqliteLedgers({ file: join(directory, 'ledger.db'), readOnly: true })
  try {
    return await use(ledgers)
  } finally {
    await ledgers.close()
  }
}

/** All records of a book, up to a number of them where one is given. */
export async function recordsOf(ledgers: Ledgers, id: BookId, size?: number): Promise<readonly LedgerRecord[]> {
  const records: LedgerRecord[] = []
  const range = size === undefined ? {} : { to: size - 1 }
  for await (const page of ledgers.read(id, range)) records.push(...page)
  return records
}
