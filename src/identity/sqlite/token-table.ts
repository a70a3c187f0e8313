import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { inTransaction } from '../../sqlite/private-database.ts'
import type { TokenInfo } from '../port.ts'
import type { KeptToken, TokenStore } from '../token-store.ts'
import { INFO_COLUMNS, infoOf } from './token-row.ts'

/** The table `tokens` as a {@link TokenStore}. */
export class SqliteTokenStore implements TokenStore {
  readonly #database: DatabaseSync
  readonly #insert: StatementSync
  readonly #find: StatementSync
  readonly #list: StatementSync
  readonly #revoke: StatementSync
  readonly #revokeAllOf: StatementSync
  readonly #revokeLinks: StatementSync
  readonly #useLink: StatementSync
  readonly #hadSession: StatementSync
  readonly #noteUse: StatementSync
  readonly #dataVersion: StatementSync

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#insert = database.prepare(
      `INSERT INTO tokens (id, hash, kind, community, person_id, label, made_by, scopes, created_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#find = database.prepare(`SELECT hash, ${INFO_COLUMNS} FROM tokens WHERE id = ?`)
    this.#list = database.prepare(`SELECT ${INFO_COLUMNS} FROM tokens ORDER BY seq`)
    this.#revoke = database.prepare('UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
    const whose = 'community = ? AND person_id = ? AND revoked_at IS NULL'
    this.#revokeAllOf = database.prepare(
      `UPDATE tokens SET revoked_at = ?1 WHERE ${whose} AND (?4 IS NULL OR created_at <= ?4)`,
    )
    this.#revokeLinks = database.prepare(`UPDATE tokens SET revoked_at = ? WHERE ${whose} AND kind = 'link'`)
    this.#useLink = database.prepare(
      `UPDATE tokens SET revoked_at = ?1, last_used_on = ?2 WHERE id = ?3 AND kind = 'link' AND revoked_at IS NULL`,
    )
    this.#hadSession = database.prepare(
      `SELECT 1 FROM tokens WHERE community = ? AND person_id = ? AND kind = 'session' LIMIT 1`,
    )
    this.#noteUse = database.prepare(
      'UPDATE tokens SET last_used_on = ?1 WHERE id = ?2 AND (last_used_on IS NULL OR last_used_on < ?1)',
    )
    this.#dataVersion = database.prepare('PRAGMA data_version')
  }

  insert({ info, hash }: KeptToken): void {
    const { id, kind, community, personId, label, madeBy, scopes, createdAt, expiresAt } = info
    const whose = [community ?? null, personId ?? null, label ?? null, madeBy ?? null]
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

  revokeAllOf(community: string, personId: string, at: string, until?: string): number {
    return Number(this.#revokeAllOf.run(at, community, personId, until ?? null).changes)
  }

  replaceLinks(link: KeptToken, at: string): void {
    const { community = '', personId = '' } = link.info
    inTransaction(this.#database, () => {
      this.#revokeLinks.run(at, community, personId)
      this.insert(link)
    })
  }

  useLink(id: string, at: string, session?: KeptToken): boolean {
    return inTransaction(this.#database, () => {
      // Another process may have used it since it was found: the condition decides, not what was read.
      if (this.#useLink.run(at, at.slice(0, 'YYYY-MM-DD'.length), id).changes !== 1) return false
      if (session) this.insert(session)
      return true
    })
  }

  hadSession(community: string, personId: string): boolean {
    return this.#hadSession.get(community, personId) !== undefined
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
