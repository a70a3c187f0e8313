import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Erasure } from '../port.ts'

/**
 * A person's key is destroyed and the journal says so, but its bytes may still stand in the write-ahead log, because
 * another process is reading the vault. Erasing again finishes it, and so does the next start.
 */
export class ErasureIncomplete extends Error {
  override readonly name = 'ErasureIncomplete'
  constructor() {
    super('the key is destroyed, but another process reads the vault and keeps its bytes on disk; erase again')
  }
}

/** The append-only journal of erasures in the vault file, and the destruction of the keys it names. */
export class ErasureJournal {
  readonly #note: StatementSync
  readonly #destroy: StatementSync
  readonly #destroyNoted: StatementSync
  readonly #find: StatementSync
  readonly #list: StatementSync
  readonly #checkpoint: StatementSync

  constructor(database: DatabaseSync) {
    this.#note = database.prepare('INSERT INTO erasures (community, person_id, at) VALUES (?, ?, ?)')
    this.#destroy = database.prepare('DELETE FROM person_keys WHERE community = ? AND person_id = ?')
    this.#destroyNoted = database.prepare(
      'DELETE FROM person_keys WHERE (community, person_id) IN (SELECT community, person_id FROM erasures)',
    )
    this.#find = database.prepare('SELECT 1 FROM erasures WHERE community = ? AND person_id = ?')
    this.#list = database.prepare(
      'SELECT community, person_id, at FROM erasures WHERE ?1 IS NULL OR community = ?1 ORDER BY seq',
    )
    this.#checkpoint = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  /** Notes an erasure; the first note of a person stays. */
  note(erasure: Erasure): void {
    this.#note.run(erasure.community, erasure.personId, erasure.at)
  }

  /** Deletes a person's key; the caller holds the transaction in which it was noted. */
  destroy(community: string, personId: string): void {
    this.#destroy.run(community, personId)
  }

  /** Deletes every key whose person the journal names and says whether there was one; the caller holds the transaction. */
  replay(): boolean {
    return this.#destroyNoted.run().changes !== 0
  }

  names(community: string, personId: string): boolean {
    return this.#find.get(community, personId) !== undefined
  }

  list(community: string | undefined): readonly Erasure[] {
    return this.#list.all(community ?? null).map((row) => ({
      community: String(row.community),
      personId: String(row.person_id),
      at: String(row.at),
    }))
  }

  /**
   * Moves the write-ahead log into the file and cuts it to nothing: until then it still holds the deleted keys.
   *
   * @throws ErasureIncomplete where another process's reading is in the way.
   */
  wipeLog(): void {
    if (this.#checkpoint.get()?.busy !== 0) throw new ErasureIncomplete()
  }
}
