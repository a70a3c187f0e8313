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

  #change(id: string, change: Partial<TokenInfo>): boolean {
    const token = this.#tokens.get(id)
    if (!token) return false
    this.#tokens.set(id, { ...token, info: { ...token.info, ...change } })
    return true
  }
}
