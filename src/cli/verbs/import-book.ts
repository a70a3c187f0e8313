import type { Command } from 'commander'
import { openHearthbook } from '../../composition/wiring.ts'
import type { LedgerRecord, NonEmpty } from '../../ledger/port.ts'
import { verifyBook } from '../../ledger/proofs/verify-book.ts'
import { readBookFile } from '../books/book-file.ts'
import { booksElsewhere } from '../books/elsewhere.ts'
import { printVerified } from '../books/verifying.ts'
import { dataDirectory, type Where } from '../connect.ts'
import { CliError, EXIT } from '../exits.ts'
import { counted, note, print } from '../output.ts'
import { addData, addExamples } from '../shared-options.ts'
import { vaultElsewhere } from '../vault-elsewhere.ts'

interface Options extends Where {
  readonly verifierKey?: string
}

/** Adds `import-book`: the very same records in another data directory. */
export function addImportBookVerb(program: Command): void {
  const verb = program
    .command('import-book')
    .summary('put an exported book into another data directory')
    .description(
      'Verifies an exported book and puts the very same records into a data directory that has no such community. ' +
        'Names stay sealed where the directory does not have their keys.',
    )
    .argument('<file>', 'as "hearthbook export" writes it')
    .option(
      '--verifier-key <key>',
      'the key its checkpoint must be signed with, as you kept it; without it the file vouches for itself',
    )
  addData(verb)
  addExamples(verb, 'import-book kubernetes.book.jsonl --data elsewhere --verifier-key hearthbook+1a2b3c4d+…')
  verb.action(async (file: string) => {
    const options = verb.opts<Options>()
    const { header, records } = readBookFile(file)
    const id = { community: header.community, book: 'open' } as const
    const verifierKey = options.verifierKey ?? header.verifierKey
    const report = await verifyBook(id, [records], { checkpoints: [header.checkpoint], verifierKey })
    if (!printVerified(report)) throw new CliError('Nothing was written: the book does not verify.', EXIT.difference)
    if (header.records !== records.length)
      throw new CliError(
        `Nothing was written: the file says it has ${header.records} records and has ${records.length}.`,
        EXIT.difference,
      )
    const hearthbook = await openHearthbook({
      store: { directory: dataDirectory(options), books: booksElsewhere(), vaultAt: vaultElsewhere() },
      masterKey: process.env.HEARTHBOOK_MASTER_KEY,
    })
    try {
      for (const { community } of await hearthbook.engine.list()) {
        if (community === id.community)
          throw new CliError(`There is a community "${community}" here already; nothing was written.`, EXIT.refused)
      }
      if (isNonEmpty(records)) await hearthbook.ledgers.append(id, 'empty', records)
    } finally {
      await hearthbook.close()
    }
    print(`${counted(records.length, 'record')} of ${id.community} written, the same bytes.`)
    if (options.verifierKey === undefined)
      note(
        'The checkpoint was verified with the key in the file itself. With --verifier-key it is held against one you kept.',
      )
  })
}

function isNonEmpty(records: readonly LedgerRecord[]): records is NonEmpty<LedgerRecord> {
  return records.length > 0
}
