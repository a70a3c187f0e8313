import type { Envelope } from '../kernel/envelope.ts'
import { leafHash } from '../ledger/proofs/leaf.ts'
import { canonicalText } from './canonical.ts'

/**
 * Hash of a private record as its parties see it: the leaf hash of its canonical text without `revision` and `previous`,
 * which would tell what else the private book holds. The records of a matter are chained by it, so that a party can
 * check the whole matter from what they were given.
 */
export function matterHash(record: Envelope): string {
  const { revision: _, previous: __, ...own } = record
  return leafHash(canonicalText(own))
}
