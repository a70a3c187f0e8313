import type { Principal } from '../port.ts'

const MOST = 10_000

/** A principal as the vault process knew it at a moment (ms). */
export interface KeptPrincipal {
  readonly principal: Principal
  readonly foundAt: number
  readonly expiresAt: number
}

/**
 * Principals by the hash of their token, each for a few seconds: for that long a credential that was ended at another
 * node still counts here, unless word of it comes sooner.
 */
export class KeptPrincipals {
  readonly #byHash = new Map<string, KeptPrincipal>()
  readonly #keptMs: number

  constructor(keptMs: number) {
    this.#keptMs = keptMs
  }

  get(hash: string, now: number): Principal | undefined {
    const kept = this.#byHash.get(hash)
    if (!kept) return undefined
    // A clock that was set back must not make it live longer.
    if (kept.foundAt <= now && now < kept.foundAt + this.#keptMs && now < kept.expiresAt) return kept.principal
    this.#byHash.delete(hash)
    return undefined
  }

  add(hash: string, kept: KeptPrincipal): void {
    if (this.#byHash.size >= MOST) this.#byHash.clear()
    this.#byHash.set(hash, kept)
  }

  drop(tokenId: string): void {
    this.#dropWhere(({ principal }) => principal.tokenId === tokenId)
  }

  /** Drops all that a person has in a community. */
  dropPerson(community: string, personId: string): void {
    this.#dropWhere(
      ({ principal }) =>
        principal.kind === 'person' && principal.community === community && principal.personId === personId,
    )
  }

  clear(): void {
    this.#byHash.clear()
  }

  #dropWhere(holds: (kept: KeptPrincipal) => boolean): void {
    for (const [hash, kept] of this.#byHash) if (holds(kept)) this.#byHash.delete(hash)
  }
}
