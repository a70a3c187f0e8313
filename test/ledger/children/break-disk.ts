// Appends under a limit on the size of files, which makes a write fail, and prints what the ledger did.
import type { BookId } from '../../../src/kernel/book.ts'
import { openSqliteLedgers } from '../../../src/ledger/sqlite/sqlite-ledgers.ts'
import { readAll, recordOf } from '../../support/records.ts'

const [file = ''] = process.argv.slice(2)
const id: BookId = { community: 'hearth', book: 'open' }
const fatal: string[] = []
const ledgers = await openSqliteLedgers({ file, onFatal: (error) => fatal.push(error.name) })

function append(revision: number): Promise<unknown> {
  return ledgers.append(id, revision === 0 ? 'empty' : revision - 1, [recordOf(revision, 'x'.repeat(20_000))])
}

let acknowledged = 0
const errors: string[] = []
while (errors.length === 0) {
  await append(acknowledged).then(
    () => {
      acknowledged += 1
    },
    (error) => errors.push(error.name),
  )
}
const small = recordOf(0, 'small')
await ledgers.append({ ...id, book: 'private' }, 'empty', [small]).catch((error) => errors.push(error.name))
const readable = (await readAll(ledgers, id)).length
await ledgers.close()
process.stdout.write(`${JSON.stringify({ acknowledged, errors, readable, fatal })}\n`)
