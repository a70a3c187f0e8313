import type { Command } from 'commander'
import type { BookId } from '../../kernel/book.ts'
import type { BookSummary, Ledgers } from '../../ledger/port.ts'
import { withProgress } from '../books/open-book.ts'
import { dataDirectory } from '../connect.ts'
import { CliError, EXIT } from '../exits.ts'
import { copyBook, firstMissing, nameOf, soundRootOf } from '../migrate/copy.ts'
import { openPlace, type Place } from '../migrate/places.ts'
import { counted, note, print, printJson } from '../output.ts'
import { progressOf } from '../progress.ts'
import { addExamples, addJson } from '../shared-options.ts'

interface Options {
  readonly from?: string
  readonly to: string
  readonly json?: boolean
}

interface Migrated extends BookId {
  readonly records: number
  /** Records that this run wrote. */
  readonly copied: number
  readonly root: string
}

/** Adds `migrate`: books from one store to another, as they are. */
export function addMigrateVerb(program: Command): void {
  const verb = program
    .command('migrate')
    .summary('take the books from one store to another')
    .description(
      'Copies books, record by record as they are, from a data directory to an EventStoreDB or back, and verifies them ' +
        'before and after: the Merkle root of every book is the same in both. Running it again goes on where it stopped. ' +
        'Keys and credentials stay in the data directory. No server may write to either place meanwhile.',
    )
    .argument('[community]', 'which community; all of them unless given')
    .option(
      '--from <place>',
      'a data directory, the address of a store, or "store" for the one HEARTHBOOK_STORE names (HEARTHBOOK_DATA; .hearthbook unless given)',
    )
    .option('--to <place>', 'the same', 'store')
  addJson(verb)
  addExamples(
    verb,
    'migrate --from .hearthbook --to store',
    'migrate kubernetes --from store --to copy',
    "migrate --to 'esdb://127.0.0.1:2113?tls=false'",
  )
  verb.action(async (community?: string) => {
    const { from = dataDirectory({}), to, json } = verb.opts<Options>()
    if (from === to) throw new CliError('--from and --to are the same place.', EXIT.usage)
    const source = await openPlace('--from', from)
    try {
      const target = await openPlace('--to', to)
      try {
        const books = await migrate(source, target, community)
        if (json) printJson({ books })
        else for (const book of books) printMigrated(book)
      } finally {
        await target.close()
      }
    } finally {
      await source.close()
    }
  })
}

async function migrate(source: Place, target: Place, community: string | undefined): Promise<readonly Migrated[]> {
  const books = await booksIn(source.ledgers, community)
  if (books.length === 0)
    throw new CliError(
      community === undefined ? `There is no book in ${source.name}.` : `There is no community "${community}" there.`,
      EXIT.notFound,
    )
  const there = new Map((await booksIn(target.ledgers, community)).map((book) => [nameOf(book.id), book]))
  const missing: number[] = []
  for (const book of books) missing.push(await firstMissing(source.ledgers, book, there.get(nameOf(book.id))))
  const progress = progressOf('Copying', recordsOf(books), 'records')
  const roots: string[] = []
  let read = 0
  for (const [index, book] of books.entries()) {
    const onRead = (records: number) => {
      read += records
      progress.to(read)
    }
    roots.push(await copyBook(source, target, book, missing[index] ?? 0, onRead))
  }
  progress.end()
  const copies = await rootsOf(target, books, 'Verifying the copy')
  for (const [index, { id }] of books.entries())
    if (roots[index] !== copies[index])
      throw new CliError(`${nameOf(id)}: the copy has another root than the original.`, EXIT.difference)
  const grown = (await booksIn(source.ledgers, community)).some(
    ({ id, head }) => head.revision > (books.find((book) => nameOf(book.id) === nameOf(id))?.head.revision ?? -1),
  )
  if (grown) note(`${source.name} has grown meanwhile. The same again copies the rest.`)
  return books.map(({ id, head }, index) => ({
    ...id,
    records: head.revision + 1,
    copied: head.revision + 1 - (missing[index] ?? 0),
    root: roots[index] ?? '',
  }))
}

async function rootsOf(place: Place, books: readonly BookSummary[], what: string): Promise<readonly string[]> {
  const reading = withProgress(place.ledgers, what, recordsOf(books))
  const roots: string[] = []
  for (const book of books) roots.push(await soundRootOf(reading.ledgers, book, place.name))
  reading.end()
  return roots
}

async function booksIn(ledgers: Ledgers, community: string | undefined): Promise<readonly BookSummary[]> {
  const books: BookSummary[] = []
  for await (const book of ledgers.list())
    if (community === undefined || book.id.community === community) books.push(book)
  return books
}

function printMigrated(book: Migrated): void {
  const was = book.copied === book.records ? '' : `, ${counted(book.copied, 'of them copied', 'of them copied')} now`
  print(`${nameOf(book)}: ${counted(book.records, 'record')}${was}, root ${book.root}`)
}

function recordsOf(books: readonly BookSummary[]): number {
  return books.reduce((records, { head }) => records + head.revision + 1, 0)
}
