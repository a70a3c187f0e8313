import {
  createPrivateKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from '../../sqlite/private-database.ts'
import { KeyCache } from '../key-cache.ts'
import { masterKeyCheck, WrongMasterKey } from '../master-key.ts'
import type { Erasure, PersonKey, Vault } from '../port.ts'
import { VaultClosed } from '../vault-closed.ts'
import { blobOf } from './blob.ts'
import { openVaultDatabase } from './database.ts'
import { ErasureJournal } from './erasure-journal.ts'
import { KeyTable } from './key-table.ts'
import { type SecretKind, SecretTable } from './secret-table.ts'

const SECRET_BYTES = 32
const CACHED_COMMUNITIES = 256

export interface SqliteVaultOptions {
  /** Path of the vault file, never beside a book's backup. */
  readonly file: string
  /** AES-256 key under which everything in the file is wrapped. */
  readonly masterKey: KeyObject
  /**
   * Erasures known from elsewhere: a journal kept with the keys' backups, or the books' own record. They are noted and
   * carried out before any key is read, for a restored file knows only the erasures made before its backup.
   */
  readonly alsoErased?: readonly Erasure[]
  /** Communities whose keys stay open in memory; default 256. */
  readonly cachedCommunities?: number
}

/**
 * Opens the embedded vault and replays its erasure journal: a key that exists for an erased person is destroyed again,
 * so a restore never brings one back.
 *
 * @throws WrongMasterKey where the vault was made under another master key; nothing in it is changed.
 * @throws VaultSchemaNewer where a newer version wrote it.
 * @throws ErasureIncomplete where another process keeps bytes of destroyed keys on disk.
 */
export function openSqliteVault(options: SqliteVaultOptions): SqliteVault {
  const database = openVaultDatabase(options.file)
  try {
    const journal = new ErasureJournal(database)
    const broughtBack = inTransaction(database, () => {
      checkMasterKey(database, options.masterKey)
      for (const erasure of options.alsoErased ?? []) journal.note(erasure)
      return journal.replay()
    })
    // Whoever put those keys there may not have set secure_delete, and SQLite may then have left copies of them in the
    // file's unused parts; only writing it anew is sure to lose them.
    if (broughtBack) database.exec('VACUUM')
    // Also after a crash between an erasure and its own wiping.
    journal.wipeLog()
    return new SqliteVault(database, journal, options)
  } catch (error) {
    database.close()
    throw error
  }
}

/** {@link Vault} in one SQLite file, for one process. Every call that changes something returns when it is durable. */
export class SqliteVault implements Vault {
  readonly #database: DatabaseSync
  readonly #journal: ErasureJournal
  readonly #keys: KeyTable
  readonly #secrets: SecretTable
  readonly #cache: KeyCache
  #masterKey: KeyObject

  /** Made by {@link openSqliteVault}, which has checked the master key and replayed the journal. */
  constructor(database: DatabaseSync, journal: ErasureJournal, options: SqliteVaultOptions) {
    this.#database = database
    this.#journal = journal
    this.#keys = new KeyTable(database)
    this.#secrets = new SecretTable(database)
    this.#cache = new KeyCache(options.cachedCommunities ?? CACHED_COMMUNITIES)
    this.#masterKey = options.masterKey
  }

  async keysFor(community: string, personIds: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
    this.#refuseClosed()
    const cached = this.#cache.of(community)
    const unknown = new Set(personIds.filter((personId) => cached.ofPerson(personId) === undefined))
    for (const key of this.#findOrMake(community, unknown)) cached.add(key)
    const found = new Map<string, PersonKey>()
    for (const personId of personIds) {
      const key = cached.ofPerson(personId)
      if (key) found.set(personId, key)
    }
    return found
  }

  async keysOf(community: string): Promise<ReadonlyMap<string, PersonKey>> {
    this.#refuseClosed()
    const cached = this.#cache.of(community)
    if (!cached.complete) {
      for (const key of this.#keys.list(this.#masterKey, community)) cached.add(key)
      cached.complete = true
    }
    return cached.byKid()
  }

  async communitySecret(community: string): Promise<KeyObject> {
    const secret = this.#secret('community', community, () => randomBytes(SECRET_BYTES))
    const key = createSecretKey(secret)
    secret.fill(0)
    return key
  }

  async signingKey(): Promise<KeyObject> {
    const encoding = { format: 'der', type: 'pkcs8' } as const
    const secret = this.#secret('signing', '', () => generateKeyPairSync('ed25519').privateKey.export(encoding))
    const key = createPrivateKey({ key: secret, ...encoding })
    secret.fill(0)
    return key
  }

  /** @throws ErasureIncomplete where another process's reading keeps the destroyed key's bytes on disk. */
  async erase(community: string, personId: string, at: string): Promise<void> {
    this.#refuseClosed()
    inTransaction(this.#database, () => {
      this.#journal.note({ community, personId, at })
      this.#journal.destroy(community, personId)
    })
    this.#cache.drop(community, personId)
    this.#journal.wipeLog()
  }

  async erasures(community?: string): Promise<readonly Erasure[]> {
    this.#refuseClosed()
    return this.#journal.list(community)
  }

  /**
   * Puts everything under another master key, all or nothing; the keys themselves stay, so what they sealed still
   * opens. Store the new master key before calling and give up the old one only after it resolves.
   *
   * @throws DamagedSecret where a row does not open; nothing is changed then.
   */
  async rewrap(newMasterKey: KeyObject): Promise<void> {
    this.#refuseClosed()
    inTransaction(this.#database, () => {
      this.#keys.rewrap(this.#masterKey, newMasterKey)
      this.#secrets.rewrap(this.#masterKey, newMasterKey)
      this.#database.prepare('UPDATE master_key_check SET value = ?').run(masterKeyCheck(newMasterKey))
    })
    this.#masterKey = newMasterKey
    this.#journal.wipeLog()
  }

  async close(): Promise<void> {
    this.#cache.clear()
    if (this.#database.isOpen) this.#database.close()
  }

  #findOrMake(community: string, personIds: ReadonlySet<string>): readonly PersonKey[] {
    const found: PersonKey[] = []
    const missing: string[] = []
    for (const personId of personIds) {
      if (this.#journal.names(community, personId)) continue
      const key = this.#keys.find(this.#masterKey, community, personId)
      if (key) found.push(key)
      else missing.push(personId)
    }
    if (missing.length > 0) found.push(...this.#makeAll(community, missing))
    return found
  }

  /** Makes the keys in one transaction, and looks again in it: a tool may have erased or made one in between. */
  #makeAll(community: string, personIds: readonly string[]): readonly PersonKey[] {
    return inTransaction(this.#database, () =>
      personIds
        .filter((personId) => !this.#journal.names(community, personId))
        .map(
          (personId) =>
            this.#keys.find(this.#masterKey, community, personId) ??
            this.#keys.make(this.#masterKey, community, personId),
        ),
    )
  }

  #secret(kind: SecretKind, owner: string, make: () => Buffer): Buffer {
    this.#refuseClosed()
    const found = this.#secrets.find(this.#masterKey, kind, owner)
    if (found) return found
    const made = make()
    this.#secrets.insert(this.#masterKey, kind, owner, made)
    return made
  }

  #refuseClosed(): void {
    if (!this.#database.isOpen) throw new VaultClosed()
  }
}

function checkMasterKey(database: DatabaseSync, masterKey: KeyObject): void {
  const check = masterKeyCheck(masterKey)
  const row = database.prepare('SELECT value FROM master_key_check').get()
  if (row === undefined) {
    database.prepare('INSERT INTO master_key_check (one, value) VALUES (1, ?)').run(check)
  } else if (!timingSafeEqual(blobOf(row.value), check)) {
    throw new WrongMasterKey()
  }
}
