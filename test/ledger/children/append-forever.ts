// Appends to three books until it is killed, and prints `book revision id` for every append that was acknowledged.
import { join } from 'node:path'
import type { BookId } from '../../../src/kernel/book.ts'
import { lockDirectory } from '../../../src/ledger/sqlite/directory-lock.ts'
import { openSqliteLedgers } from '../../../src/ledger/sqlite/sqlite-ledgers.ts'
import { recordsFrom } from '../../support/records.ts'

const [directory = ''] = process.argv.slice(2)
lockDirectory(directory)
const ledgers = await openSqliteLedgers({ file: join(directory, 'ledger.db') })

async function appendForever(id: BookId, head: number): Promise<void> {
  for (let last = head; ; ) {
    const records = recordsFrom(last + 1, 1 + ((last + 1) % 3))
    const { to } = await ledgers.append(id, last < 0 ? 'empty' : last, records)
    last = to
    process.stdout.write(`${id.community} ${to} ${records.at(-1)?.id}\n`)
  }
}

const heads = new Map<string, number>()
for await (const { id, head } of ledgers.list()) heads.set(id.community, head.revision)
for (const community of ['hearth', 'harbour', 'mill']) {
  void appendForever({ community, book: 'open' }, heads.get(community) ?? -1)
}
