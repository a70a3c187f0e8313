import type { BookId, Revision } from '../../kernel/book.ts'
import type { LedgerRecord } from '../port.ts'
import { arrange } from './arrangement.ts'
import { chainFindings, knownLeaves } from './chain.ts'
import { type Against, evidenceFor } from './evidence.ts'
import { evidenceFindings } from './evidence-findings.ts'
import { type Finding, summarised } from './finding.ts'
import { MerkleTree } from './merkle-tree.ts'
import { type Reading, readingOf } from './reading.ts'

/** What verifying a book came to. */
export interface VerifyReport {
  readonly id: BookId
  /** Number of records read. */
  readonly records: number
  /** The last record; its hash is that of its text as it is now. */
  readonly head: { readonly revision: Revision; readonly hash: string } | undefined
  /** Merkle root over the texts as they are now, in the order read; base64url without padding. */
  readonly root: string
  /** Empty if nothing is wrong; by revision. */
  readonly findings: readonly Finding[]
}

/**
 * Verifies a book offline: that its records are whole, unchanged and in order, and that it is the very book that kept
 * checkpoints and receipts were made from. `records` are pages in the order of the store, as `Ledgers.read` gives them.
 *
 * Without anything kept outside, a book that was rewritten whole, or cut off at its end, looks sound: the chain shows
 * only changes that were not carried through to the last record.
 *
 * Bad data never throws; it is what the findings are for. Only an error of the store while reading passes through.
 */
export async function verifyBook(
  id: BookId,
  records: AsyncIterable<readonly LedgerRecord[]> | Iterable<readonly LedgerRecord[]>,
  against: Against = {},
): Promise<VerifyReport> {
  const readings: Reading[] = []
  const tree = new MerkleTree()
  for await (const page of records) {
    for (const record of page) {
      const reading = readingOf(record, readings.length)
      tree.append(reading.hash)
      readings.push(reading)
    }
  }
  const arrangement = arrange(readings)
  const last = arrangement.chain.at(-1)
  const evidence = evidenceFor(id, against)
  const known = { length: last === undefined ? 0 : last.revision + 1, leaves: knownLeaves(arrangement) }
  const findings = [
    ...summarised([...arrangement.findings, ...chainFindings(id, arrangement)]),
    ...evidence.findings,
    ...evidenceFindings(known, evidence),
  ]
  return {
    id,
    records: readings.length,
    head: last && { revision: last.revision, hash: last.reading.hash },
    root: tree.rootAt(),
    findings: findings.sort((a, b) => a.revision - b.revision),
  }
}
