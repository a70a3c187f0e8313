import { join } from 'node:path'
import type { BookId } from '../../kernel/book.ts'
import { type VerifyReport, verifyBook } from '../../ledger/proofs/verify-book.ts'
import { checkSqliteFile } from '../../ledger/sqlite/check.ts'
import { withLedgers, withProgress } from '../books/open-book.ts'
import { damageOf, removeReadersFiles } from './files.ts'

/** What verifying a copy came to. */
export interface VerifiedCopy {
  /** What is wrong beside the books' own findings, each naming the file. */
  readonly findings: readonly string[]
  readonly reports: readonly VerifyReport[]
}

/** Verifies the ledger of a directory that nobody writes to: its file, and every book in it. Bad data never throws. */
export async function verifyLedgerCopy(directory: string): Promise<VerifiedCopy> {
  const file = join(directory, 'ledger.db')
  const findings = checkSqliteFile(file).map((finding) => `ledger.db: ${finding}`)
  const reports: VerifyReport[] = []
  try {
    await withLedgers(directory, async (ledgers) => {
      const books: BookId[] = []
      let records = 0
      for await (const { id, head } of ledgers.list()) {
        books.push(id)
        records += head.revision + 1
      }
      const reading = withProgress(ledgers, 'Verifying', records)
      for (const id of books) reports.push(await verifyBook(id, reading.ledgers.read(id)))
      reading.end()
    })
  } catch (error) {
    findings.push(`ledger.db: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    removeReadersFiles(file)
  }
  return { findings, reports }
}

/** What SQLite finds wrong with the copies of the keys and credentials. What is in them is sealed, and not looked into. */
export function verifyKeysCopy(directory: string): readonly string[] {
  return KEY_FILES.flatMap((name) => {
    const file = join(directory, name)
    const damage = damageOf(file).map((finding) => `${name}: ${finding}`)
    removeReadersFiles(file)
    return damage
  })
}

/** The files that never lie in a backup of the books. */
export const KEY_FILES = ['vault.db', 'identity.db'] as const

/** Whether nothing at all was found. */
export function isSound({ findings, reports }: VerifiedCopy): boolean {
  return findings.length === 0 && reports.every((report) => report.findings.length === 0)
}
