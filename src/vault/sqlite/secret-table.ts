import type { KeyObject } from 'node:crypto'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { unwrap, type WrapLabel, wrap } from '../wrapping.ts'
import { blobOf } from './blob.ts'

/** `community` secrets are owned by a community; of `signing` there is one, owned by the empty name. */
export type SecretKind = 'community' | 'signing'

/** The server's and the communities' own secrets in the vault file, each wrapped under the master key. */
export class SecretTable {
  readonly #find: StatementSync
  readonly #insert: StatementSync
  readonly #all: StatementSync
  readonly #replace: StatementSync

  constructor(database: DatabaseSync) {
    this.#find = database.prepare('SELECT wrapped FROM secrets WHERE kind = ? AND owner = ?')
    this.#insert = database.prepare('INSERT INTO secrets (kind, owner, wrapped) VALUES (?, ?, ?)')
    this.#all = database.prepare('SELECT kind, owner, wrapped FROM secrets')
    this.#replace = database.prepare('UPDATE secrets SET wrapped = ? WHERE kind = ? AND owner = ?')
  }

  /**
   * The secret, in a buffer to be overwritten after use.
   *
   * @throws DamagedSecret where the row does not open.
   */
  find(masterKey: KeyObject, kind: SecretKind, owner: string): Buffer | undefined {
    const row = this.#find.get(kind, owner)
    return row && unwrap(masterKey, label(kind, owner), blobOf(row.wrapped))
  }

  /** Stores a secret that is not there yet. */
  insert(masterKey: KeyObject, kind: SecretKind, owner: string, secret: Buffer): void {
    this.#insert.run(kind, owner, wrap(masterKey, label(kind, owner), secret))
  }

  /** Wraps every secret anew; the caller holds the transaction. */
  rewrap(from: KeyObject, to: KeyObject): void {
    for (const row of this.#all.all()) {
      const kind = String(row.kind)
      const owner = String(row.owner)
      const secret = unwrap(from, label(kind, owner), blobOf(row.wrapped))
      this.#replace.run(wrap(to, label(kind, owner), secret), kind, owner)
      secret.fill(0)
    }
  }
}

function label(kind: string, owner: string): WrapLabel {
  return [`${kind} secret`, owner]
}
