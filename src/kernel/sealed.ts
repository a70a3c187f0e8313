import type { BookName } from './book.ts'

/**
 * A personal text as it stands in a record: opaque to everything but the vault, so that the books, the views and the
 * proofs never hold a name. Base64url without padding throughout.
 */
export interface SealedValue {
  readonly v: 1
  readonly alg: 'A256GCM'
  /** Id of the key it was sealed with; one key per person and community. */
  readonly kid: string
  readonly iv: string
  /** Ciphertext followed by the 16-byte tag. */
  readonly ct: string
}

/** Where a sealed value stands; authenticated with it, so that it cannot be moved to another place. */
export interface SealedPlace {
  readonly community: string
  readonly book: BookName
  readonly eventId: string
  /** JSON pointer (RFC 6901) into the event's data. */
  readonly pointer: string
}

/** A sealed value together with its place: what views hold instead of a name. */
export interface SealedAt extends SealedPlace {
  readonly value: SealedValue
}
