// Fills the small disk it is given, makes room again, and prints what the ledger did.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BookId } from '../../../src/kernel/book.ts'
import { checkSqliteFile } from '../../../src/ledger/sqlite/check.ts'
import { openSqliteLedgers } from '../../../src/ledger/sqlite/sqlite-ledgers.ts'
import { readAll, recordOf } from '../../support/records.ts'

const [directory = ''] = process.argv.slice(2)
const file = join(directory, 'ledger.db')
const ballast = join(directory, 'ballast')
const id: BookId = { community: 'hearth', book: 'open' }
const fatal: string[] = []

writeFileSync(ballast, Buffer.alloc(1024 * 1024))
const ledgers = await openSqliteLedgers({ file, onFatal: (error) => fatal.push(error.message) })

let last = -1
async function fill(): Promise<string> {
  for (;;) {
    try {
      await ledgers.append(id, last < 0 ? 'empty' : last, [recordOf(last + 1, 'x'.repeat(20_000))])
      last += 1
    } catch (error) {
      return error instanceof Error ? error.name : String(error)
    }
  }
}

const first = await fill()
const again = await fill()
const acknowledged = last + 1
const readable = (await readAll(ledgers, id)).length
rmSync(ballast)
await ledgers.append(id, last, [recordOf(last + 1, 'x'.repeat(20_000))])
const afterwards = (await readAll(ledgers, id)).length
await ledgers.close()
const findings = checkSqliteFile(file)
process.stdout.write(`${JSON.stringify({ first, again, acknowledged, readable, afterwards, fatal, findings })}\n`)
