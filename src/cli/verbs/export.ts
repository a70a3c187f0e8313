import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import type { Registry } from '../../kernel/registry.ts'
import { parseCheckpoint } from '../../ledger/proofs/checkpoint.ts'
import { bookLines } from '../books/book-file.ts'
import { recordsOf, withBooks, withProgress } from '../books/open-book.ts'
import { communityOf, existingDirectory } from '../connect.ts'
import { CliError, EXIT } from '../exits.ts'
import { counted, note } from '../output.ts'
import { addData, addExamples, type SharedOptions, withConnection } from '../shared-options.ts'

interface Options extends SharedOptions {
  readonly out?: string
}

/** Adds `export`: a community's open book, as it can be verified and taken elsewhere. */
export function addExportVerb(program: Command, registry: Registry): void {
  const verb = program
    .command('export')
    .summary("write a community's open book to a file")
    .description(
      "Writes a community's open book as JSON Lines: a header with a signed checkpoint, then every record as it was hashed. " +
        'Names stay sealed: their keys are not in the book.',
    )
    .argument('[community]', 'which community; the only one there is unless given')
    .option('--out <file>', 'write to a file instead of standard output')
  addData(verb)
  addExamples(verb, 'export kubernetes --out kubernetes.book.jsonl', 'verify --file kubernetes.book.jsonl')
  verb.action(async (named?: string) => {
    const options = verb.opts<Options>()
    const directory = existingDirectory(options)
    // Asked first: the checkpoint then covers no record that the reading below could miss.
    const { community, checkpoint, verifierKey } = await withConnection(
      registry,
      { data: directory },
      async (connection) => {
        const id = await communityOf(connection, named)
        const keys = (await connection.client.get('/v1/keys')) as { readonly checkpoints: string | null }
        const note = await connection.client.getText(`/v1/communities/${encodeURIComponent(id)}/checkpoint`)
        return { community: id, checkpoint: note, verifierKey: keys.checkpoints }
      },
    )
    if (verifierKey === null) throw new CliError('The server does not say which key it signs with.', EXIT.store)
    const { size } = parseCheckpoint(checkpoint)
    const records = await withBooks(directory, async (ledgers) => {
      const reading = withProgress(ledgers, 'Exporting', size)
      const read = await recordsOf(reading.ledgers, { community, book: 'open' }, size)
      reading.end()
      return read
    })
    const header = { community, records: records.length, checkpoint, verifierKey }
    await writeLines(bookLines(header, records), options.out)
    note(
      `${counted(records.length, 'record')} of ${community} exported. Keep this key where nobody can change it with the file: ${verifierKey}`,
    )
  })
}

async function writeLines(lines: Iterable<string>, file: string | undefined): Promise<void> {
  const text = Readable.from(withNewlines(lines))
  if (file !== undefined) await pipeline(text, createWriteStream(file))
  else await pipeline(text, process.stdout, { end: false })
}

function* withNewlines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`
}
