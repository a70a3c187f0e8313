import { z } from 'zod'
import type { LedgerRecord } from '../../ledger/port.ts'
import { CliError, EXIT } from '../exits.ts'
import { readLines } from '../import/lines.ts'

export const BOOK_FORMAT = 'hearthbook-book-1'

const header = z.object({
  format: z.literal(BOOK_FORMAT),
  community: z.string(),
  book: z.literal('open'),
  records: z.int().min(0),
  checkpoint: z.string(),
  verifierKey: z.string(),
})
const line = z.object({ hash: z.string(), text: z.string() })

export type BookHeader = z.output<typeof header>

export interface BookFile {
  readonly header: BookHeader
  readonly records: readonly LedgerRecord[]
}

/** A book as text: a header, then one line a record, in order. */
export function* bookLines(
  book: Omit<BookHeader, 'format' | 'book'>,
  records: readonly LedgerRecord[],
): Generator<string> {
  yield JSON.stringify({ format: BOOK_FORMAT, book: 'open', ...book })
  for (const { hash, text } of records) yield JSON.stringify({ hash, text })
}

/** Reads an exported book. Nothing in it is to be believed yet. @throws CliError where it is none. */
export function readBookFile(path: string): BookFile {
  const [first, ...rest] = readLines(path).lines
  const parsed = header.safeParse(first?.value)
  if (!parsed.success) throw new CliError(`${path} is not an exported book of Hearthbook.`, EXIT.usage)
  const records = rest.map(({ number, value }) => {
    const record = line.safeParse(value)
    if (!record.success) throw new CliError(`${path}:${number}: is not a record`, EXIT.difference)
    return recordOf(record.data.hash, record.data.text)
  })
  return { header: parsed.data, records }
}

/** A record with the place and id its own text states; verifying tells whether they are right. */
function recordOf(hash: string, text: string): LedgerRecord {
  try {
    const { revision, id } = JSON.parse(text) as { readonly revision?: unknown; readonly id?: unknown }
    return { revision: typeof revision === 'number' ? revision : -1, id: typeof id === 'string' ? id : '', hash, text }
  } catch {
    return { revision: -1, id: '', hash, text }
  }
}
