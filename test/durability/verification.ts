import type { BookId } from '../../src/kernel/book.ts'
import { verifyBook } from '../../src/ledger/proofs/verify-book.ts'
import { checkSqliteFile } from '../../src/ledger/sqlite/check.ts'
import { openSqliteLedgers } from '../../src/ledger/sqlite/sqlite-ledgers.ts'

/** Everything that is wrong with a ledger's file, in words: its structure first, then the chain of every expected book. */
export async function findingsOf(file: string, books: readonly BookId[]): Promise<readonly string[]> {
  const findings = [...checkSqliteFile(file)]
  try {
    const ledgers = await openSqliteLedgers({ file, readOnly: true })
    try {
      for (const id of books) {
        const report = await verifyBook(id, ledgers.read(id))
        findings.push(...report.findings.map((finding) => JSON.stringify(finding)))
        if (report.records === 0) findings.push(`The ${id.book} book of ${id.community} is not there.`)
      }
    } finally {
      await ledgers.close()
    }
  } catch (error) {
    findings.push(error instanceof Error ? error.message : String(error))
  }
  return findings
}
