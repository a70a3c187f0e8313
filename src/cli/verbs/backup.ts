import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { type TakenBackup, takeBackup, takeKeysBackup } from '../backup/take.ts'
import { isSound } from '../backup/verify-copy.ts'
import { printVerified } from '../books/verifying.ts'
import { dataDirectory, existingDirectory, type Where } from '../connect.ts'
import { CliError, Ended, EXIT } from '../exits.ts'
import { note, print, printJson, shown } from '../output.ts'
import { addData, addExamples, addJson } from '../shared-options.ts'

interface Options extends Where {
  readonly to?: string
  readonly keysTo: string
  readonly json?: boolean
}

const NO_MASTER_KEY =
  'The master key was not copied (master.key, or HEARTHBOOK_MASTER_KEY): keep it apart from what was.'

/** Adds `backup`: a verified copy of a data directory, also of one that a server writes to. */
export function addBackupVerb(program: Command): void {
  const verb = program
    .command('backup')
    .summary('copy the books and, apart from them, their keys')
    .description(
      'Copies a data directory, also while a server writes to it: the books to one directory, their keys, the erasure ' +
        'journal and the credentials to another, for whoever has both can read every name. The copy is then verified, ' +
        'file by file and book by book. The master key is not copied. Of the data directory of a vault process, whose ' +
        'books are in a store of their own, the keys and credentials are copied alone.',
    )
    .option('--to <directory>', 'where the books go; new or empty')
    .requiredOption('--keys-to <directory>', 'where the keys go, apart from the books; new or empty')
  addData(addJson(verb))
  addExamples(
    verb,
    'backup --to /backup/books/monday --keys-to /vault/keys/monday',
    'backup --keys-to /vault/keys/monday --data /var/lib/hearthbook-vault',
  )
  verb.action(async () => {
    const options = verb.opts<Options>()
    const { to } = options
    if (to === undefined) return backUpKeys(options)
    const directory = existingDirectory(options)
    const taken = await takeBackup({ directory, to, keysTo: options.keysTo })
    if (options.json) printJson(answerOf(taken, { ...options, to }))
    else printTaken(taken, { ...options, to })
    if (!taken.books) throw new Ended(EXIT.difference)
  })
}

/** Copies keys and credentials alone. @throws CliError where the books are beside them, which then must go somewhere. */
async function backUpKeys(options: Options): Promise<void> {
  const directory = dataDirectory(options)
  if (existsSync(join(directory, 'ledger.db')))
    throw new CliError(`There are books in ${directory} as well: say with --to where they go.`, EXIT.usage)
  const { keysTo } = options
  const { findings, keys } = await takeKeysBackup(directory, keysTo)
  if (options.json) printJson({ sound: findings.length === 0, findings, ...(keys ? { keysTo, keys } : {}) })
  else for (const finding of findings) print(shown(finding))
  if (!keys) {
    note('No backup was made: what was copied does not verify, and was taken away again.')
    throw new Ended(EXIT.difference)
  }
  if (options.json) return
  print(`The keys and credentials are in ${keysTo}, as they were at ${keys.takenAt}. The books were not copied.`)
  print(NO_MASTER_KEY)
}

type Places = Options & { readonly to: string }

function answerOf({ verified, books, keys }: TakenBackup, { to, keysTo }: Places) {
  return {
    sound: isSound(verified),
    findings: verified.findings,
    verified: verified.reports,
    ...(books && keys ? { to, keysTo, books, keys } : {}),
    masterKeyCopied: false,
  }
}

function printTaken({ verified, books }: TakenBackup, { to, keysTo }: Places): void {
  for (const finding of verified.findings) print(shown(finding))
  for (const report of verified.reports) {
    if (printVerified(report) && report.head)
      print(`  up to revision ${report.head.revision}, hash ${report.head.hash}`)
  }
  if (!books) {
    note('No backup was made: what was copied does not verify, and was taken away again.')
    return
  }
  print(`The books are in ${to}, as they were at ${books.takenAt}; the keys are in ${keysTo}.`)
  print(NO_MASTER_KEY)
}
