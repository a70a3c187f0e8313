import { type VaultAccess, VaultChannel, VaultSaysNo } from '../../vault/remote/channel.ts'
import { LiveTokens } from '../live-tokens.ts'
import {
  type Identity,
  InvalidTokenRequest,
  type LinkRequest,
  type Principal,
  type TokenInfo,
  type TokenRequest,
} from '../port.ts'
import { hashToken, parseToken } from '../token-format.ts'
import { IdentityClosed } from '../token-identity.ts'

const KEPT_MS = 5000
const MOST_KEPT = 10_000

/** A principal as the vault process knew it at a moment (ms). */
interface KeptPrincipal {
  readonly principal: Principal
  readonly foundAt: number
  readonly expiresAt: number
}

/** Whom a link was made for, and by whom. */
interface LinkFor {
  readonly community: string
  readonly personId: string
  readonly madeBy: string
}

/**
 * {@link Identity} in the vault process. A principal is kept for five seconds; leaving and erasure, which every node
 * hears of, end that at once. Links are never kept: they count once.
 */
export class RemoteIdentity implements Identity {
  readonly #channel: VaultChannel
  readonly #now: () => number
  readonly #kept = new LiveTokens<KeptPrincipal>(MOST_KEPT)
  #closed = false

  /** `now` gives milliseconds since 1970-01-01T00:00Z. */
  constructor(access: VaultAccess, now: () => number) {
    this.#channel = new VaultChannel(access)
    this.#now = now
  }

  issue(request: TokenRequest): Promise<{ readonly token: string; readonly info: TokenInfo }> {
    return this.#call('issue', request)
  }

  async authenticate(token: string): Promise<Principal | undefined> {
    this.#refuseClosed()
    const parsed = parseToken(token)
    if (!parsed || parsed.kind === 'link') return undefined
    const hash = hashToken(token)
    const foundAt = this.#now()
    const known = this.#kept.get(hash)
    if (known && countsAt(known, foundAt)) return known.principal
    const { found } = await this.#call<{ found?: { principal: Principal; expiresAt: string } }>('authenticate', {
      token,
    })
    if (!found) return undefined
    const principal = Object.freeze({ ...found.principal, scopes: Object.freeze([...found.principal.scopes]) })
    this.#kept.add(hash, { principal, foundAt, expiresAt: Date.parse(found.expiresAt) })
    return principal
  }

  makeLink(request: LinkRequest): Promise<{ readonly link: string; readonly info: TokenInfo }> {
    return this.#call('makeLink', request)
  }

  async linkFor(link: string): Promise<LinkFor | undefined> {
    return (await this.#call<{ found?: LinkFor }>('linkFor', { link })).found
  }

  async signIn(link: string): Promise<{ readonly session: string; readonly info: TokenInfo } | undefined> {
    return (await this.#call<{ found?: { session: string; info: TokenInfo } }>('signIn', { link })).found
  }

  async useLink(link: string): Promise<boolean> {
    return (await this.#call<{ done: boolean }>('useLink', { link })).done
  }

  async hasSignedIn(community: string, personId: string): Promise<boolean> {
    return (await this.#call<{ done: boolean }>('hasSignedIn', { community, personId })).done
  }

  async revoke(id: string): Promise<boolean> {
    this.#kept.drop(id)
    return (await this.#call<{ done: boolean }>('revoke', { id })).done
  }

  async revokeAllOf(community: string, personId: string, until?: string): Promise<number> {
    this.#kept.dropPerson(community, personId)
    return (await this.#call<{ count: number }>('revokeAllOf', { community, personId, until })).count
  }

  async about(id: string): Promise<TokenInfo | undefined> {
    return (await this.#call<{ found?: TokenInfo }>('about', { id })).found
  }

  async list(): Promise<readonly TokenInfo[]> {
    return (await this.#call<{ tokens: readonly TokenInfo[] }>('list', {})).tokens
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#kept.clear()
    this.#channel.close()
  }

  async #call<Answer>(name: string, body: object): Promise<Answer> {
    this.#refuseClosed()
    try {
      return await this.#channel.call<Answer>(`/v1/identity/${name}`, body)
    } catch (error) {
      if (error instanceof VaultSaysNo && error.problem.error === 'InvalidTokenRequest')
        throw new InvalidTokenRequest(error.message)
      throw error
    }
  }

  #refuseClosed(): void {
    if (this.#closed) throw new IdentityClosed()
  }
}

/** For a few seconds a credential that was ended at another node still counts, unless word of it comes sooner. */
function countsAt({ foundAt, expiresAt }: KeptPrincipal, now: number): boolean {
  // A clock that was set back must not make it live longer.
  return foundAt <= now && now < foundAt + KEPT_MS && now < expiresAt
}
