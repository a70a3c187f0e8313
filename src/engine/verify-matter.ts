import type { Envelope } from '../kernel/envelope.ts'
import { verifyCheckpoint } from '../ledger/proofs/checkpoint.ts'
import { matterHash } from './matter-hash.ts'
import { type MatterReceipt, matterOrigin } from './receipts.ts'

/** A private record as a party was given it: without its place in the private book. */
export type MatterRecord = Omit<Envelope, 'revision' | 'previous'>

export interface MatterFinding {
  readonly matterRevision: number
  readonly message: string
}

/**
 * Checks a matter from what a party was given: that no record of it is missing, each names the hash of the one before,
 * and each receipt kept says the same. With `verifierKey`, that the receipts are signed by it.
 */
export function verifyMatter(
  records: readonly MatterRecord[],
  receipts: readonly MatterReceipt[] = [],
  verifierKey?: string,
): readonly MatterFinding[] {
  const findings: MatterFinding[] = []
  const hashes = records.map((record) => matterHash(record as Envelope))
  for (const [i, record] of records.entries()) {
    const { matterRevision = -1, previousInMatter, matter } = record
    const find = (message: string) => findings.push({ matterRevision, message })
    if (matterRevision !== i) find(`stands in place ${i}, where a record is missing or too many`)
    if (matter !== records[0]?.matter) find('is of another matter')
    if (previousInMatter !== (hashes[i - 1] ?? null)) find('does not follow the record before it')
  }
  for (const receipt of receipts) {
    const { community, matter, matterRevision, hash, checkpoint } = receipt
    const find = (message: string) => findings.push({ matterRevision, message })
    if (matter !== records[0]?.matter || community !== records[0]?.community) find('the receipt is of another matter')
    else if (hashes[matterRevision] !== hash) find('the receipt names another record in this place')
    if (verifierKey === undefined) continue
    const signed = verifyCheckpoint(checkpoint, verifierKey)
    const says = signed?.origin === matterOrigin(community, matter) && signed.size === matterRevision + 1
    if (!says || signed.root !== hash) find('the receipt is not signed by the key, or signs something else')
  }
  return findings
}
