import type { Command } from 'commander'
import { type TakenBackup, takeBackup } from '../backup/take.ts'
import { isSound } from '../backup/verify-copy.ts'
import { printVerified } from '../books/verifying.ts'
import { existingDirectory, type Where } from '../connect.ts'
import { Ended, EXIT } from '../exits.ts'
import { note, print, printJson, shown } from '../output.ts'
import { addData, addExamples, addJson } from '../shared-options.ts'

interface Options extends Where {
  readonly to: string
  readonly keysTo: string
  readonly json?: boolean
}

/** Adds `backup`: a verified copy of a data directory, also of one that a server writes to. */
export function addBackupVerb(program: Command): void {
  const verb = program
    .command('backup')
    .summary('copy the books and, apart from them, their keys')
    .description(
      'Copies a data directory, also while a server writes to it: the books to one directory, their keys, the erasure ' +
        'journal and the credentials to another, for whoever has both can read every name. The copy is then verified, ' +
        'file by file and book by book. The master key is not copied.',
    )
    .requiredOption('--to <directory>', 'where the books go; new or empty')
    .requiredOption('--keys-to <directory>', 'where the keys go, apart from the books; new or empty')
  addData(addJson(verb))
  addExamples(verb, 'backup --to /backup/books/monday --keys-to /vault/keys/monday')
  verb.action(async () => {
    const options = verb.opts<Options>()
    const directory = existingDirectory(options)
    const taken = await takeBackup({ directory, to: options.to, keysTo: options.keysTo })
    if (options.json) printJson(answerOf(taken, options))
    else printTaken(taken, options)
    if (!taken.books) throw new Ended(EXIT.difference)
  })
}

function answerOf({ verified, books, keys }: TakenBackup, { to, keysTo }: Options) {
  return {
    sound: isSound(verified),
    findings: verified.findings,
    verified: verified.reports,
    ...(books && keys ? { to, keysTo, books, keys } : {}),
    masterKeyCopied: false,
  }
}

function printTaken({ verified, books }: TakenBackup, { to, keysTo }: Options): void {
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
  print('The master key was not copied (master.key, or HEARTHBOOK_MASTER_KEY): keep it apart from both.')
}
