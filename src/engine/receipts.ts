import type { Revision } from '../kernel/book.ts'
import { originOf, signCheckpoint } from '../ledger/proofs/checkpoint.ts'
import type { Receipt } from '../ledger/proofs/receipt.ts'
import type { NoteSigner } from '../ledger/proofs/signed-note.ts'
import type { Book } from './book.ts'

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

  checkpoint(book: Book, size: number): string | undefined {
    if (size < 1 || size > book.head + 1) return undefined
    return signCheckpoint({ origin: originOf(book.id), size, root: book.tree.rootAt(size) }, this.#signer)
  }
}
