import type { KeyObject } from 'node:crypto'

/** The key under which one person's own words are sealed in one community. */
export interface PersonKey {
  /** Opaque random id, 128 bits, base64url. */
  readonly kid: string
  readonly personId: string
  /** AES-256 key. */
  readonly key: KeyObject
  /** Secret from which nonces are derived, so that a repeated seal is the same bytes. */
  readonly nonceSecret: KeyObject
}

export interface Erasure {
  readonly community: string
  readonly personId: string
  /** RFC 3339 instant at which the key was destroyed. */
  readonly at: string
}

/**
 * Where keys live: never in a book and never beside one. Asynchronous, because later it is a process of its own.
 * Destroying a person's key is what erases their words; the books keep ciphertext that nobody can read again.
 */
export interface Vault {
  /** Keys of these persons, made durably where one is missing. A person whose key was destroyed is left out. */
  keysFor(community: string, personIds: readonly string[]): Promise<ReadonlyMap<string, PersonKey>>
  /** Every key of a community that still exists, by `kid`. */
  keysOf(community: string): Promise<ReadonlyMap<string, PersonKey>>
  /** 32-byte secret of a community, made at the first call: ids and source keys are derived from it. */
  communitySecret(community: string): Promise<KeyObject>
  /** The Ed25519 private key that signs this server's checkpoints, made at the first call. */
  signingKey(): Promise<KeyObject>
  /** Destroys a person's key and notes it in the erasure journal, durably. Repeating it changes nothing. */
  erase(community: string, personId: string, at: string): Promise<void>
  /** The erasure journal, oldest first. */
  erasures(community?: string): Promise<readonly Erasure[]>
  close(): Promise<void>
}
