import type { TokenInfo } from './port.ts'

/** A token as it is kept: what is known of it, and the hash of its text, base64url. */
export interface KeptToken {
  readonly info: TokenInfo
  readonly hash: string
}

/** Where {@link TokenIdentity} keeps its tokens. Changes are durable when a call returns. */
export interface TokenStore {
  insert(token: KeptToken): void
  find(id: string): KeptToken | undefined
  /** Oldest first. */
  list(): readonly TokenInfo[]
  /** Notes the revocation of a token that has none; whether there was one. */
  revoke(id: string, at: string): boolean
  /**
   * Notes the revocation of all that a person has in a community and that has none, made by an instant where one is
   * given; how many there were.
   */
  revokeAllOf(community: string, personId: string, at: string, until?: string): number
  /** Inserts a link and revokes the unused ones its person had there, all or nothing. */
  replaceLinks(link: KeptToken, at: string): void
  /**
   * Notes that a link which was neither used nor revoked is used, and inserts the session made by it, all or nothing.
   * @returns false, having inserted nothing, where there is no such link any more.
   */
  useLink(id: string, at: string, session?: KeptToken): boolean
  /** Whether there ever was a session of a person in a community. */
  hadSession(community: string, personId: string): boolean
  /** Notes days of use (`YYYY-MM-DD` by token id), all at once; an earlier day never replaces a later one. */
  noteUse(days: ReadonlyMap<string, string>): void
  /** A number that changes when somebody else has changed the tokens: what was read before may be stale then. */
  generation(): number
  isClosed(): boolean
  close(): void
}
