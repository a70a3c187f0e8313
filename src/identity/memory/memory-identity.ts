import type { TokenInfo } from '../port.ts'
import { TokenIdentity } from '../token-identity.ts'
import type { KeptToken, TokenStore } from '../token-store.ts'

/** {@link Identity} that forgets everything with the process: for tests and trials. `now` gives milliseconds. */
export function openMemoryIdentity(now: () => number): TokenIdentity {
  return new TokenIdentity(new MemoryTokenStore(), now)
}

class MemoryTokenStore implements TokenStore {
  readonly #tokens = new Map<string, KeptToken>()
  #closed = false

  insert(token: KeptToken): void {
    this.#tokens.set(token.info.id, token)
  }

  find(id: string): KeptToken | undefined {
    return this.#tokens.get(id)
  }

  list(): readonly TokenInfo[] {
    return Array.from(this.#tokens.values(), (token) => token.info)
  }

  revoke(id: string, at: string): boolean {
    if (this.#tokens.get(id)?.info.revokedAt !== undefined) return false
    return this.#change(id, { revokedAt: at })
  }

  revokeAllOf(community: string, personId: string, at: string, until?: string): number {
    const meant = this.#whose(community, personId).filter(({ createdAt }) => until === undefined || createdAt <= until)
    return meant.filter(({ id }) => this.revoke(id, at)).length
  }

  replaceLinks(link: KeptToken, at: string): void {
    const { community = '', personId = '' } = link.info
    for (const { id, kind } of this.#whose(community, personId)) if (kind === 'link') this.revoke(id, at)
    this.insert(link)
  }

  useLink(id: string, at: string, session?: KeptToken): boolean {
    if (this.#tokens.get(id)?.info.kind !== 'link' || !this.revoke(id, at)) return false
    this.#change(id, { lastUsedOn: at.slice(0, 'YYYY-MM-DD'.length) })
    if (session) this.insert(session)
    return true
  }

  hadSession(community: string, personId: string): boolean {
    return this.#whose(community, personId).some(({ kind }) => kind === 'session')
  }

  noteUse(days: ReadonlyMap<string, string>): void {
    for (const [id, day] of days) {
      const last = this.#tokens.get(id)?.info.lastUsedOn
      if (last === undefined || last < day) this.#change(id, { lastUsedOn: day })
    }
  }

  generation(): number {
    return 0
  }

  isClosed(): boolean {
    return this.#closed
  }

  close(): void {
    this.#closed = true
  }

  #whose(community: string, personId: string): readonly TokenInfo[] {
    return this.list().filter((info) => info.community === community && info.personId === personId)
  }

  #change(id: string, change: Partial<TokenInfo>): boolean {
    const token = this.#tokens.get(id)
    if (!token) return false
    this.#tokens.set(id, { ...token, info: { ...token.info, ...change } })
    return true
  }
}
