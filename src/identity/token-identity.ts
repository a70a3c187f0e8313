import { DAY_MS, instantText } from '../kernel/dates.ts'
import { DaysOfUse } from './days-of-use.ts'
import { liveToken } from './live-token.ts'
import { type LiveToken, LiveTokens } from './live-tokens.ts'
import type { Identity, LinkRequest, Principal, TokenInfo, TokenRequest } from './port.ts'
import { hashToken, makeToken, parseToken, sameHash } from './token-format.ts'
import { infoOfLink, infoOfNew, infoOfSession } from './token-request.ts'
import type { TokenStore } from './token-store.ts'

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
    if (!parsed || parsed.kind === 'link') return undefined
    const live = this.#find(parsed.id, hashToken(token))
    const now = this.#now()
    // Asked this way round, an expiry that cannot be read is past.
    if (!live || !(live.expiresAt > now)) return undefined
    this.#days.note(live, Math.floor(now / DAY_MS))
    return live.principal
  }

  async makeLink(request: LinkRequest): Promise<{ readonly link: string; readonly info: TokenInfo }> {
    this.#refuseClosed()
    const { id, text } = makeToken('link')
    const info = infoOfLink(request, id, this.#now())
    this.#store.replaceLinks({ info, hash: hashToken(text) }, info.createdAt)
    return { link: text, info }
  }

  async linkFor(
    link: string,
  ): Promise<{ readonly community: string; readonly personId: string; readonly madeBy: string } | undefined> {
    this.#refuseClosed()
    const { community, personId, madeBy } = this.#countingLink(link) ?? {}
    if (community === undefined || personId === undefined || madeBy === undefined) return undefined
    return { community, personId, madeBy }
  }

  async signIn(link: string): Promise<{ readonly session: string; readonly info: TokenInfo } | undefined> {
    this.#refuseClosed()
    const counting = this.#countingLink(link)
    if (!counting) return undefined
    const { id, text } = makeToken('session')
    const info = infoOfSession(counting, id, this.#now())
    const used = this.#store.useLink(counting.id, info.createdAt, { info, hash: hashToken(text) })
    return used ? { session: text, info } : undefined
  }

  async useLink(link: string): Promise<boolean> {
    this.#refuseClosed()
    const counting = this.#countingLink(link)
    return counting !== undefined && this.#store.useLink(counting.id, instantText(this.#now()))
  }

  async hasSignedIn(community: string, personId: string): Promise<boolean> {
    this.#refuseClosed()
    return this.#store.hadSession(community, personId)
  }

  /** Whether the token was there and not yet revoked. It is refused from this call on. */
  async revoke(id: string): Promise<boolean> {
    this.#refuseClosed()
    const revoked = this.#store.revoke(id, instantText(this.#now()))
    this.#live.drop(id)
    return revoked
  }

  /** They are refused from this call on. @returns how many were not revoked before; those that had expired are counted. */
  async revokeAllOf(community: string, personId: string, until?: string): Promise<number> {
    this.#refuseClosed()
    const revoked = this.#store.revokeAllOf(community, personId, instantText(this.#now()), until)
    this.#live.dropPerson(community, personId)
    return revoked
  }

  async about(id: string): Promise<TokenInfo | undefined> {
    this.#refuseClosed()
    const info = this.#store.find(id)?.info
    return info && this.#withWaitingDay(info)
  }

  /** Every credential there ever was, oldest first, the dead ones too. */
  async list(): Promise<readonly TokenInfo[]> {
    this.#refuseClosed()
    this.#days.flush()
    return this.#store.list().map((info) => this.#withWaitingDay(info))
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

  /** Never from the live tokens: a link counts once, and only the store knows whether it still does. */
  #countingLink(link: string): TokenInfo | undefined {
    const parsed = parseToken(link)
    const kept = parsed?.kind === 'link' ? this.#store.find(parsed.id) : undefined
    if (!kept || kept.info.revokedAt !== undefined || !sameHash(kept.hash, hashToken(link))) return undefined
    return Date.parse(kept.info.expiresAt) > this.#now() ? kept.info : undefined
  }

  #withWaitingDay(info: TokenInfo): TokenInfo {
    const lastUsedOn = this.#days.waiting(info.id)
    return lastUsedOn === undefined ? info : { ...info, lastUsedOn }
  }

  #refuseClosed(): void {
    if (this.#store.isClosed()) throw new IdentityClosed()
  }
}
