/** Who stands behind a request, as far as credentials can tell; whether they are a member is the book's to say. */
export type Principal =
  | {
      readonly kind: 'person'
      readonly community: string
      readonly personId: string
      readonly scopes: readonly Scope[]
      readonly tokenId: string
    }
  | {
      readonly kind: 'service'
      readonly community: string | '*'
      readonly label: string
      readonly scopes: readonly Scope[]
      readonly tokenId: string
    }
  | { readonly kind: 'operator'; readonly scopes: readonly Scope[]; readonly tokenId: string }

/** `read` asks questions, `act` gives a person's commands, `import` gives the import commands, `found` founds communities, `operate` is the operator's own. */
export const SCOPES = ['read', 'act', 'import', 'found', 'operate'] as const
export type Scope = (typeof SCOPES)[number]

export type TokenRequest =
  | {
      readonly kind: 'person'
      readonly community: string
      readonly personId: string
      readonly scopes: readonly Scope[]
      readonly expiresAt: string
    }
  | {
      readonly kind: 'service'
      readonly community: string | '*'
      readonly label: string
      readonly scopes: readonly Scope[]
      readonly expiresAt: string
    }
  | { readonly kind: 'operator'; readonly expiresAt: string }

export interface TokenInfo {
  readonly id: string
  readonly kind: Principal['kind']
  readonly community?: string
  readonly personId?: string
  readonly label?: string
  readonly scopes: readonly Scope[]
  readonly createdAt: string
  readonly expiresAt: string
  readonly lastUsedOn?: string
  readonly revokedAt?: string
}

/** Credentials, outside the books: only hashes are kept, and the secret is shown once. */
export interface Identity {
  /** @throws InvalidTokenRequest where the expiry is past or more than a year off, a scope is unknown or not for that kind. */
  issue(request: TokenRequest): Promise<{ readonly token: string; readonly info: TokenInfo }>
  /** The principal of a live token; undefined for a malformed, unknown, expired or revoked one, without telling which. */
  authenticate(token: string): Promise<Principal | undefined>
  revoke(id: string): Promise<boolean>
  list(): Promise<readonly TokenInfo[]>
  close(): Promise<void>
}

export class InvalidTokenRequest extends Error {
  override readonly name = 'InvalidTokenRequest'
}
