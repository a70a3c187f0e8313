import type { Principal } from './port.ts'

/** A token that was found live, ready for the next request. */
export interface LiveToken {
  readonly principal: Principal
  /** Milliseconds since 1970-01-01T00:00Z; to be checked at every use. */
  readonly expiresAt: number
  /** Days since 1970-01-01 of the last use that was noted; -1 for none. */
  lastUsedDay: number
}

/** Live tokens by the hash of their text; when there are too many, the one found longest ago goes. */
export class LiveTokens<Live extends { readonly principal: Principal } = LiveToken> {
  readonly #byHash = new Map<string, Live>()
  readonly #limit: number

  /** `limit` is the number of tokens held at most, at least 1. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get(hash: string): Live | undefined {
    return this.#byHash.get(hash)
  }

  add(hash: string, token: Live): void {
    if (this.#byHash.size >= this.#limit) {
      for (const oldest of this.#byHash.keys()) {
        this.#byHash.delete(oldest)
        break
      }
    }
    this.#byHash.set(hash, token)
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

  #dropWhere(holds: (token: Live) => boolean): void {
    for (const [hash, token] of this.#byHash) if (holds(token)) this.#byHash.delete(hash)
  }
}
