import type { Revision } from '../kernel/book.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'
import { originOf, signCheckpoint } from '../ledger/proofs/checkpoint.ts'
import type { Receipt } from '../ledger/proofs/receipt.ts'
import type { NoteSigner } from '../ledger/proofs/signed-note.ts'
import type { Book } from './book.ts'
import { matterHash } from './matter-hash.ts'

/**
 * What a party keeps of a private act. `hash` is the matter hash of the record, and commits to every record of the matter
 * before it; the note signs it with the number of records as size.
 */
export interface MatterReceipt {
  readonly community: string
  readonly book: 'private'
  readonly matter: string
  readonly matterRevision: number
  readonly hash: string
  readonly checkpoint: string
}

/** The origin line of a matter's note; no book has it, for a book's name has no further dot. */
export function matterOrigin(community: string, matter: string): string {
  return `hearthbook.${community}.matter.${matter}`
}

/** Receipts and checkpoints of a book. Signing is deterministic, so the same revision gives the same receipt for ever. */
export class Receipts {
  readonly #signer: NoteSigner

  constructor(signer: NoteSigner) {
    this.#signer = signer
  }

  of(book: Book, revision: Revision): Receipt | undefined {
    const hash = book.hash(revision)
    const checkpoint = this.checkpoint(book, revision + 1)
    return hash === undefined || checkpoint === undefined ? undefined : { ...book.id, revision, hash, checkpoint }
  }

  /** The receipt of a private record: its matter's, signed; of the private book itself it says nothing. */
  ofMatter(event: RecordedEvent): MatterReceipt | undefined {
    const { community, matter, matterRevision } = event
    if (matter === undefined || matterRevision === undefined) return undefined
    const hash = matterHash(event)
    const origin = matterOrigin(community, matter)
    const checkpoint = signCheckpoint({ origin, size: matterRevision + 1, root: hash }, this.#signer)
    return { community, book: 'private', matter, matterRevision, hash, checkpoint }
  }

  checkpoint(book: Book, size: number): string | undefined {
    if (size < 1 || size > book.head + 1) return undefined
    return signCheckpoint({ origin: originOf(book.id), size, root: book.tree.rootAt(size) }, this.#signer)
  }
}
