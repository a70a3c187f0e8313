import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import type { BookId } from '../../kernel/book.ts'
import { originOf } from '../../ledger/proofs/checkpoint.ts'
import type { Against } from '../../ledger/proofs/evidence.ts'
import { type VerifyReport, verifyBook } from '../../ledger/proofs/verify-book.ts'
import { checkSqliteFile } from '../../ledger/sqlite/check.ts'
import { readBookFile } from '../books/book-file.ts'
import { booksElsewhere } from '../books/elsewhere.ts'
import { withBooks, withProgress } from '../books/open-book.ts'
import { NOT_PROVEN, printVerified, readCheckpoints, readReceipts } from '../books/verifying.ts'
import { existingDirectory, type Where } from '../connect.ts'
import { CliError, Ended, EXIT } from '../exits.ts'
import { note, print, printJson, shown } from '../output.ts'
import { addData, addExamples, addJson } from '../shared-options.ts'

interface Options extends Where {
  readonly json?: boolean
  readonly checkpoint: readonly string[]
  readonly receipt: readonly string[]
  readonly file?: string
  readonly verifierKey?: string
}

const collect = (path: string, before: readonly string[]) => [...before, path]

/** Adds `verify`: whether the books are the ones that were written. */
export function addVerifyVerb(program: Command): void {
  const verb = program
    .command('verify')
    .summary('check that the books are whole, unchanged and in order')
    .description(
      'Checks offline that books are whole, unchanged and in order: edits, deletions, insertions, reordering, a cut-off ' +
        'tail and a rewritten book are each named with the first revision concerned.',
    )
    .argument('[community]', 'which community; all of them unless given')
    .option('--checkpoint <file>', 'a checkpoint you kept; may be repeated', collect, [])
    .option('--receipt <file>', 'a receipt you kept, or the answer it came in; may be repeated', collect, [])
    .option('--verifier-key <key>', 'the key that checkpoints must be signed with, as you kept it')
    .option('--file <book>', 'an exported book instead of a data directory')
  addData(addJson(verb))
  addExamples(verb, 'verify', 'verify kubernetes --receipt mine.json', 'verify --file kubernetes.book.jsonl')
  verb.addHelpText('after', `\n${NOT_PROVEN}`)
  verb.action(async (community?: string) => {
    const options = verb.opts<Options>()
    const against: Against = {
      checkpoints: readCheckpoints(options.checkpoint),
      receipts: readReceipts(options.receipt),
      ...(options.verifierKey === undefined ? {} : { verifierKey: options.verifierKey }),
    }
    const { fileFindings, reports } = await (options.file === undefined
      ? verifyDirectory(existingDirectory(options), community, against)
      : verifyFile(options.file, against))
    const sound = fileFindings.length === 0 && reports.every(({ findings }) => findings.length === 0)
    if (options.json) printJson({ sound, fileFindings, books: reports, notProven: NOT_PROVEN })
    else {
      for (const finding of fileFindings) print(`The store: ${shown(finding)}`)
      for (const report of reports) printVerified(report)
      print()
      print(NOT_PROVEN)
      const kept = options.checkpoint.length + options.receipt.length
      if (kept > 0 && options.verifierKey === undefined && options.file === undefined)
        note('No signature was checked: give --verifier-key for that.')
    }
    if (!sound) throw new Ended(EXIT.difference)
  })
}

interface Verified {
  readonly fileFindings: readonly string[]
  readonly reports: readonly VerifyReport[]
}

async function verifyFile(file: string, against: Against): Promise<Verified> {
  const { header, records } = readBookFile(file)
  const report = await verifyBook({ community: header.community, book: header.book }, [records], {
    ...against,
    checkpoints: [header.checkpoint, ...(against.checkpoints ?? [])],
    verifierKey: against.verifierKey ?? header.verifierKey,
  })
  return { fileFindings: [], reports: [report] }
}

async function verifyDirectory(directory: string, community: string | undefined, against: Against): Promise<Verified> {
  const damage = booksElsewhere() === undefined ? damageTo(join(directory, 'ledger.db')) : []
  return withBooks(directory, async (ledgers) => {
    const books: BookId[] = []
    let records = 0
    for await (const { id, head } of ledgers.list()) {
      if (community !== undefined && id.community !== community) continue
      books.push(id)
      records += head.revision + 1
    }
    if (community !== undefined && books.length === 0)
      throw new CliError(`There is no community "${community}" here.`, EXIT.notFound)
    const reading = withProgress(ledgers, 'Verifying', records)
    const verified: VerifyReport[] = []
    for (const id of books) {
      verified.push(
        await verifyBook(
          id,
          reading.ledgers.read(id),
          evidenceOf(id, against, community !== undefined || books.length === 1),
        ),
      )
    }
    reading.end()
    return { fileFindings: [...damage, ...unplaced(books, against)], reports: verified }
  })
}

function damageTo(file: string): readonly string[] {
  if (!existsSync(file)) throw new CliError(`There is no ledger in ${dirname(file)}.`, EXIT.notFound)
  return checkSqliteFile(file)
}

/** What was kept of books that are not here: a book that is gone has no record left to name. */
function unplaced(books: readonly BookId[], { checkpoints = [], receipts = [] }: Against): readonly string[] {
  const here = new Set(books.map(originOf))
  const origins = [...checkpoints.map((text) => text.split('\n', 1)[0] ?? ''), ...receipts.map(originOf)]
  const gone = new Set(origins.filter((origin) => !here.has(origin)))
  return [...gone].map((origin) => `A checkpoint or receipt is of ${origin}, and there is no such book.`)
}

/** Of what was kept, that of this book; where one community is meant, all of it, so that a misplaced one is named. */
function evidenceOf(id: BookId, against: Against, only: boolean): Against {
  if (only && id.book === 'open') return against
  const mine = ({ community, book }: { community: string; book: string }) =>
    community === id.community && book === id.book
  return {
    ...against,
    checkpoints: (against.checkpoints ?? []).filter((text) =>
      text.startsWith(`hearthbook.${id.community}.${id.book}\n`),
    ),
    receipts: (against.receipts ?? []).filter(mine),
  }
}
