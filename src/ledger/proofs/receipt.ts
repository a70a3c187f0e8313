import type { BookName, Revision } from '../../kernel/book.ts'
import { isRevision } from './reading.ts'

/** What a member keeps of an act of theirs: proof that the book held it at that revision. */
export interface Receipt {
  readonly community: string
  readonly book: BookName
  readonly revision: Revision
  /** Leaf hash of the record, base64url without padding. */
  readonly hash: string
  /** A checkpoint as the text of a note, of size `revision` + 1 or more. */
  readonly checkpoint: string
}

/** Whether a value, say from a file that somebody kept, has the shape of a receipt. Never throws. */
export function isReceipt(value: unknown): value is Receipt {
  if (typeof value !== 'object' || value === null) return false
  const { community, book, revision, hash, checkpoint }: Record<string, unknown> = { ...value }
  return (
    typeof community === 'string' &&
    (book === 'open' || book === 'private') &&
    isRevision(revision) &&
    typeof hash === 'string' &&
    typeof checkpoint === 'string'
  )
}
