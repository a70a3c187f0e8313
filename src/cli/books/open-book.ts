import { join } from 'node:path'
import { openStore } from '../../composition/wiring.ts'
import type { BookId } from '../../kernel/book.ts'
import type { LedgerRecord, Ledgers, ReadRange } from '../../ledger/port.ts'
import { openSqliteLedgers } from '../../ledger/sqlite/sqlite-ledgers.ts'
import { progressOf } from '../progress.ts'
import { booksElsewhere } from './elsewhere.ts'

/** Reads a data directory's ledger, also beside a server that writes to it. */
export async function withLedgers<T>(directory: string, use: (ledgers: Ledgers) => Promise<T>): Promise<T> {
  const ledgers = await openSqliteLedgers({ file: join(directory, 'ledger.db'), readOnly: true })
  try {
    return await use(ledgers)
  } finally {
    await ledgers.close()
  }
}

/** Reads the books of a data directory, or those in the store that HEARTHBOOK_STORE names. */
export async function withBooks<T>(directory: string, use: (ledgers: Ledgers) => Promise<T>): Promise<T> {
  const address = booksElsewhere()
  if (address === undefined) return withLedgers(directory, use)
  const ledgers = await openStore(address)
  try {
    return await use(ledgers)
  } finally {
    await ledgers.close()
  }
}

/** The ledger as it is, with word of every page that is read. */
export function watched(ledgers: Ledgers, onPage: (records: number) => void): Ledgers {
  async function* read(id: BookId, range?: ReadRange) {
    for await (const page of ledgers.read(id, range)) {
      onPage(page.length)
      yield page
    }
  }
  return {
    read,
    append: (id, expected, records) => ledgers.append(id, expected, records),
    follow: (from, signal) => ledgers.follow(from, signal),
    list: () => ledgers.list(),
    answers: () => ledgers.answers(),
    close: () => ledgers.close(),
  }
}

/** The ledger with a progress bar over all records of some books. */
export function withProgress(ledgers: Ledgers, what: string, total: number): { ledgers: Ledgers; end(): void } {
  const progress = progressOf(what, total, 'records')
  let done = 0
  const counting = watched(ledgers, (records) => {
    done += records
    progress.to(done)
  })
  return { ledgers: counting, end: () => progress.end() }
}

/** All records of a book, up to a number of them where one is given. */
export async function recordsOf(ledgers: Ledgers, id: BookId, size?: number): Promise<readonly LedgerRecord[]> {
  const records: LedgerRecord[] = []
  const range = size === undefined ? {} : { to: size - 1 }
  for await (const page of ledgers.read(id, range)) records.push(...page)
  return records
}
