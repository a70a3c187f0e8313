import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { inTransaction } from '../../sqlite/private-database.ts'
import type { TokenInfo } from '../port.ts'
import { TokenIdentity } from '../token-identity.ts'
import type { KeptToken, TokenStore } from '../token-store.ts'
import { openIdentityDatabase } from './database.ts'
import { INFO_COLUMNS, infoOf } from './token-row.ts'

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

class SqliteTokenStore implements TokenStore {
  readonly #database: DatabaseSync
  readonly #insert: StatementSync
  readonly #find: StatementSync
  readonly #list: StatementSync
  readonly #revoke: StatementSync
  readonly #noteUse: StatementSync
  readonly #dataVersion: StatementSync

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#insert = database.prepare(
      `INSERT INTO tokens (id, hash, kind, community, person_id, label, scopes, created_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#find = database.prepare(`SELECT hash, ${INFO_COLUMNS} FROM tokens WHERE id = ?`)
    this.#list = database.prepare(`SELECT ${INFO_COLUMNS} FROM tokens ORDER BY seq`)
    this.#revoke = database.prepare('UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
    this.#noteUse = database.prepare(
      'UPDATE tokens SET last_used_on = ?1 WHERE id = ?2 AND (last_used_on IS NULL OR last_used_on < ?1)',
    )
    this.#dataVersion = database.prepare('PRAGMA data_version')
  }

  insert({ info, hash }: KeptToken): void {
    const { id, kind, community, personId, label, scopes, createdAt, expiresAt } = info
    const whose = [community ?? null, personId ?? null, label ?? null]
    this.#insert.run(id, hash, kind, ...whose, scopes.join(' '), createdAt, expiresAt)
  }

  find(id: string): KeptToken | undefined {
    const row = this.#find.get(id)
    return row && { info: infoOf(row), hash: String(row.hash) }
  }

  list(): readonly TokenInfo[] {
    return this.#list.all().map(infoOf)
  }

  revoke(id: string, at: string): boolean {
    return this.#revoke.run(at, id).changes === 1
  }

  noteUse(days: ReadonlyMap<string, string>): void {
    inTransaction(this.#database, () => {
      for (const [id, day] of days) this.#noteUse.run(day, id)
    })
  }

  /** SQLite's data_version: another connection's commits change it, our own do not. */
  generation(): number {
    return Number(this.#dataVersion.get()?.data_version)
  }

  isClosed(): boolean {
    return !this.#database.isOpen
  }

  close(): void {
    this.#database.close()
  }
}
