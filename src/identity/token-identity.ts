import { DAY_MS, instantText } from '../kernel/dates.ts'
import { DaysOfUse } from './days-of-use.ts'
import { type LiveToken, LiveTokens } from './live-tokens.ts'
import type { Identity, Principal, TokenInfo, TokenRequest } from './port.ts'
import { hashToken, makeToken, parseToken, sameHash } from './token-format.ts'
import { infoOfNew } from './token-request.ts'
import type { KeptToken, TokenStore } from './token-store.ts'

const LIVE_TOKENS = 10_000

/** The identity store was closed; nobody can be authenticated any more. */
export class IdentityClosed extends Error {
  override readonly name = 'IdentityClosed'
  constructor() {
    super('the identity store is closed')
  }
}

/** {@link Identity} over any store of tokens. Every call fails with {@link IdentityClosed} once it is closed. */
export class TokenIdentity implements Identity {
  readonly #store: TokenStore
  readonly #now: () => number
  readonly #live = new LiveTokens(LIVE_TOKENS)
  readonly #days: DaysOfUse
  #generation: number

  /** `now` gives milliseconds since 1970-01-01T00:00Z. */
  constructor(store: TokenStore, now: () => number) {
    this.#store = store
    this.#now = now
    this.#days = new DaysOfUse((days) => store.noteUse(days))
    this.#generation = store.generation()
  }

  async issue(request: TokenRequest): Promise<{ readonly token: string; readonly info: TokenInfo }> {
    this.#refuseClosed()
    const { id, text } = makeToken(request.kind)
    const info = infoOfNew(request, id, this.#now())
    this.#store.insert({ info, hash: hashToken(text) })
    return { token: text, info }
  }

  async authenticate(token: string): Promise<Principal | undefined> {
    this.#refuseClosed()
    const parsed = parseToken(token)
    if (!parsed) return undefined
    const live = this.#find(parsed.id, hashToken(token))
    const now = this.#now()
    // Asked this way round, an expiry that cannot be read is past.
    if (!live || !(live.expiresAt > now)) return undefined
    this.#days.note(live, Math.floor(now / DAY_MS))
    return live.principal
  }

  /** Whether the token was there and not yet revoked. It is refused from this call on. */
  async revoke(id: string): Promise<boolean> {
    this.#refuseClosed()
    const revoked = this.#store.revoke(id, instantText(this.#now()))
    this.#live.drop(id)
    return revoked
  }

  /** Every token ever issued, oldest first, the dead ones too. */
  async list(): Promise<readonly TokenInfo[]> {
    this.#refuseClosed()
    this.#days.flush()
    return this.#store.list().map((info) => {
      const lastUsedOn = this.#days.waiting(info.id)
      return lastUsedOn === undefined ? info : { ...info, lastUsedOn }
    })
  }

  async close(): Promise<void> {
    if (this.#store.isClosed()) return
    this.#days.flush()
    this.#live.clear()
    this.#store.close()
  }

  #find(id: string, hash: string): LiveToken | undefined {
    const generation = this.#store.generation()
    if (generation !== this.#generation) {
      this.#live.clear()
      this.#generation = generation
    }
    const known = this.#live.get(hash)
    if (known) return known
    const kept = this.#store.find(id)
    if (!kept || kept.info.revokedAt !== undefined || !sameHash(kept.hash, hash)) return undefined
    const live = liveToken(kept)
    this.#live.add(hash, live)
    return live
  }

  #refuseClosed(): void {
    if (this.#store.isClosed()) throw new IdentityClosed()
  }
}

/** Frozen, for every request with this token is given the same object. */
function liveToken({ info }: KeptToken): LiveToken {
  return {
    principal: Object.freeze(principalOf(info)),
    expiresAt: Date.parse(info.expiresAt),
    lastUsedDay: info.lastUsedOn === undefined ? -1 : Date.parse(info.lastUsedOn) / DAY_MS,
  }
}

function principalOf(info: TokenInfo): Principal {
  const { kind, id: tokenId, community, personId, label } = info
  const scopes = Object.freeze([...info.scopes])
  if (kind === 'operator') return { kind, scopes, tokenId }
  if (kind === 'service' && community !== undefined && label !== undefined) {
    return { kind, community, label, scopes, tokenId }
  }
  if (kind === 'person' && community !== undefined && personId !== undefined) {
    return { kind, community, personId, scopes, tokenId }
  }
  throw new TypeError(`token ${tokenId} lacks what a ${kind} token has`)
}
