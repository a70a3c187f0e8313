/** Who stands behind a request, as far as credentials can tell; whether they are a member is the book's to say. */
export type Principal =
  | {
      readonly kind: 'person'
      readonly community: string
      readonly personId: string
      readonly scopes: readonly Scope[]
      readonly tokenId: string
      /** A session began with a one-time link; a token is what a person gives to a program. */
      readonly via: 'session' | 'token'
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

/** Who a sign-in link is for, and who says so. */
export interface LinkRequest {
  readonly community: string
  readonly personId: string
  /** An RFC 3339 instant, at most 7 days off. */
  readonly expiresAt: string
  /** `operator`, or the id of a person. */
  readonly madeBy: string
}

/** What a credential is: a token of one of the kinds of principal, the session of a person, or a link that begins one. */
export type CredentialKind = Principal['kind'] | 'session' | 'link'

export interface TokenInfo {
  readonly id: string
  readonly kind: CredentialKind
  readonly community?: string
  readonly personId?: string
  readonly label?: string
  /** Who made it, of a link. */
  readonly madeBy?: string
  readonly scopes: readonly Scope[]
  readonly createdAt: string
  readonly expiresAt: string
  readonly lastUsedOn?: string
  /** When it ended before its time; of a link also when it was used. */
  readonly revokedAt?: string
}

/** Credentials, outside the books: only hashes are kept, and the secret is shown once. */
export interface Identity {
  /** @throws InvalidTokenRequest where the expiry is past or more than a year off, a scope is unknown or not for that kind. */
  issue(request: TokenRequest): Promise<{ readonly token: string; readonly info: TokenInfo }>
  /**
   * The principal of a live token or session; undefined for a malformed, unknown, expired or revoked one, without telling
   * which, and for a link.
   */
  authenticate(token: string): Promise<Principal | undefined>
  /**
   * Makes a one-time sign-in link for a person; older unused links of that person end.
   * @throws InvalidTokenRequest where the expiry is past or more than 7 days off, or an id is malformed.
   */
  makeLink(request: LinkRequest): Promise<{ readonly link: string; readonly info: TokenInfo }>
  /** Whom a link that still counts was made for, and by whom; uses nothing up. */
  linkFor(
    link: string,
  ): Promise<{ readonly community: string; readonly personId: string; readonly madeBy: string } | undefined>
  /**
   * Uses a link up, in one step with making the session: of two who try at once one gets it.
   * @returns undefined where the link does not count.
   */
  signIn(link: string): Promise<{ readonly session: string; readonly info: TokenInfo } | undefined>
  /** Uses a link up without a session, as a claim of imported history does. @returns whether it counted. */
  useLink(link: string): Promise<boolean>
  /** Whether the person ever signed in by a link there. */
  hasSignedIn(community: string, personId: string): Promise<boolean>
  /** Ends a token, session or link. */
  revoke(id: string): Promise<boolean>
  /**
   * Ends every token, session and link of a person in a community, at once; with `until`, an RFC 3339 instant, those
   * made by then alone. @returns how many.
   */
  revokeAllOf(community: string, personId: string, until?: string): Promise<number>
  /** What is known of a credential by its id, dead or alive. */
  about(id: string): Promise<TokenInfo | undefined>
  list(): Promise<readonly TokenInfo[]>
  close(): Promise<void>
}

export class InvalidTokenRequest extends Error {
  override readonly name = 'InvalidTokenRequest'
}
