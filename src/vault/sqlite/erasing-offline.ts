import { DatabaseSync } from 'node:sqlite'
import { inTransaction } from '../../sqlite/private-database.ts'
import type { Erasure } from '../port.ts'
import { openVaultDatabase } from './database.ts'
import { ErasureJournal } from './erasure-journal.ts'

const LOCK_TIMEOUT = 5000

/**
 * The erasure journal of a vault file, oldest first, without its master key; also beside the process that has it open.
 *
 * @throws what SQLite throws where the file is none, or is damaged.
 */
export function erasuresInVaultFile(file: string): readonly Erasure[] {
  const database = new DatabaseSync(file, { readOnly: true, timeout: LOCK_TIMEOUT })
  try {
    return new ErasureJournal(database).list(undefined)
  } finally {
    database.close()
  }
}

/**
 * Notes erasures known from elsewhere in a vault file that nobody has open, and destroys the keys of everybody its
 * journal then names. No master key is needed: to destroy a key is not to open it.
 *
 * @returns the erasures that the file did not know of.
 * @throws VaultSchemaNewer where a newer version wrote it.
 */
export function eraseInVaultFile(file: string, erasures: readonly Erasure[]): readonly Erasure[] {
  const database = openVaultDatabase(file)
  try {
    const journal = new ErasureJournal(database)
    const { fresh, destroyed } = inTransaction(database, () => {
      const unknown = erasures.filter((erasure) => {
        if (journal.names(erasure.community, erasure.personId)) return false
        journal.note(erasure)
        return true
      })
      return { fresh: unknown, destroyed: journal.replay() }
    })
    // As at every open: a file that was put back may hold copies of the keys in its unused parts.
    if (destroyed) database.exec('VACUUM')
    journal.wipeLog()
    return fresh
  } finally {
    database.close()
  }
}
