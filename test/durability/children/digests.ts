// Replays a community of a data directory, beside whoever serves it, and prints the digests of its views.
import 'reflect-metadata'
import { join } from 'node:path'
import { discover } from '../../../src/composition/discover.ts'
import { builtInFolders } from '../../../src/composition/wiring.ts'
import { loadBook } from '../../../src/engine/loading.ts'
import { viewDigests } from '../../../src/engine/view-digests.ts'
import { Folds } from '../../../src/kernel/folds.ts'
import { openSqliteLedgers } from '../../../src/ledger/sqlite/sqlite-ledgers.ts'

const [directory = '', community = '', to = ''] = process.argv.slice(2)
const { events, projections } = await discover(builtInFolders())
const ledgers = await openSqliteLedgers({ file: join(directory, 'ledger.db'), readOnly: true })
const folds = new Folds(projections)
const id = { community, book: 'open' } as const
const { head } = await loadBook(ledgers, id, events, (event) => folds.apply(event), { to: Number(to) })
await ledgers.close()
process.stdout.write(`${JSON.stringify(viewDigests(head, projections, folds))}\n`)
