import { TokenIdentity } from '../token-identity.ts'
import { openIdentityDatabase } from './database.ts'
import { SqliteTokenStore } from './token-table.ts'

export interface SqliteIdentityOptions {
  /** Path of the identity file. */
  readonly file: string
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: () => number
}

/**
 * Opens credentials kept in one SQLite file. Another process may issue and revoke in the same file; what it does holds
 * here from the next request on.
 *
 * @throws IdentitySchemaNewer where a newer version wrote it.
 */
export function openSqliteIdentity(options: SqliteIdentityOptions): TokenIdentity {
  return new TokenIdentity(new SqliteTokenStore(openIdentityDatabase(options.file)), options.now)
}
