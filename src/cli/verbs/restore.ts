import type { Command } from 'commander'
import type { Registry } from '../../kernel/registry.ts'
import { type Restored, type RestorePlaces, restoreBackup } from '../backup/restore.ts'
import { isSound } from '../backup/verify-copy.ts'
import { printVerified } from '../books/verifying.ts'
import { Ended, EXIT } from '../exits.ts'
import { counted, note, print, printJson, shown } from '../output.ts'
import { addExamples, addJson } from '../shared-options.ts'

interface Options extends RestorePlaces {
  readonly json?: boolean
}

const NO_JOURNAL =
  'Without --journal-of, erasures made since the backup are not known here: make each of them again before anybody reads, ' +
  'and revoke again the tokens that were revoked since.'
const OLDER_KEYS =
  'The keys are older than the books: people first named in between cannot be read, and a community founded in between ' +
  'has lost its secret. Use the keys of the same backup, or later ones, where there are any.'

/** Adds `restore`: a data directory out of a backup, verified before it is put in place. */
export function addRestoreVerb(program: Command, registry: Registry): void {
  const verb = program
    .command('restore')
    .summary('make a data directory out of a backup')
    .description(
      'Makes a data directory out of a backup of books and one of keys. Everything is verified first, and nothing is put ' +
        'in place where anything is wrong. Whoever was erased stays erased: the journal kept with the keys, the books ' +
        'themselves, and the journal of the directory that is replaced (--journal-of) are all carried out.',
    )
    .requiredOption('--from <directory>', 'where "backup --to" put the books')
    .requiredOption('--keys-from <directory>', 'where "backup --keys-to" put the keys, at the same time or later')
    .requiredOption('--data <directory>', 'data directory to be made; new or empty')
    .option('--journal-of <directory>', 'data directory that is replaced: its later erasures and revocations are kept')
  addJson(verb)
  addExamples(
    verb,
    'restore --from /backup/books/monday --keys-from /vault/keys/monday --data new --journal-of /var/lib/hearthbook',
  )
  verb.action(async () => {
    const options = verb.opts<Options>()
    const restored = await restoreBackup(options, registry)
    const warnings = restored.forgotten ? warningsOf(restored, options) : []
    if (options.json)
      printJson({
        sound: isSound(restored.verified),
        findings: restored.verified.findings,
        verified: restored.verified.reports,
        takenAt: restored.takenAt,
        ...(restored.forgotten ? { data: options.data, ...restored.forgotten, warnings } : {}),
      })
    else printRestored(restored, options)
    for (const warning of warnings) note(warning)
    if (!restored.forgotten) throw new Ended(EXIT.difference)
  })
}

function warningsOf({ keysAreOlder }: Restored, { journalOf }: Options): readonly string[] {
  return [...(keysAreOlder ? [OLDER_KEYS] : []), ...(journalOf === undefined ? [NO_JOURNAL] : [])]
}

function printRestored({ verified, takenAt, forgotten }: Restored, { data }: Options): void {
  for (const finding of verified.findings) print(shown(finding))
  for (const report of verified.reports) printVerified(report)
  if (!forgotten) {
    note('Nothing was restored: the backup does not verify.')
    return
  }
  const { byJournal, byBooks } = forgotten.erased
  print(`Restored to ${data}, as it was at ${takenAt}.`)
  if (byJournal + byBooks > 0)
    print(
      `${counted(byJournal + byBooks, 'erasure')} that the copied keys did not know of: ${byJournal} by the journal of the replaced directory, ${byBooks} by the books.`,
    )
  if (forgotten.revoked > 0)
    print(`${counted(forgotten.revoked, 'token')} revoked, as before or with the server of then.`)
  print('Put the master key there before it is used: master.key, mode 600, or HEARTHBOOK_MASTER_KEY.')
}
