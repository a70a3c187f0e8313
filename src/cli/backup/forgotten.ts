import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { standing } from '../../composition/standing.ts'
import { readEvents } from '../../engine/loading.ts'
import { openSqliteIdentity } from '../../identity/sqlite/sqlite-identity.ts'
import type { Registry } from '../../kernel/registry.ts'
import type { Erasure } from '../../vault/port.ts'
import { eraseInVaultFile, erasuresInVaultFile } from '../../vault/sqlite/erasing-offline.ts'
import { withLedgers } from '../books/open-book.ts'
import { CliError, EXIT } from '../exits.ts'
import { removeReadersFiles } from './files.ts'

/** What happened after the backup, or was cut off by it, and holds in what is restored all the same. */
export interface Forgotten {
  /** Erasures that the vault's copy did not know of, by where they were found. */
  readonly erased: { readonly byJournal: number; readonly byBooks: number }
  /** Tokens that were revoked since. */
  readonly revoked: number
}

/** What the replaced directory knows; read before anything is made, so that a directory of the wrong name is said at once. */
export interface Replaced {
  readonly erasures: readonly Erasure[]
  readonly revokedTokens: readonly string[]
}

/** @throws CliError where the directory has no journal that can be read. */
export async function readReplaced(directory: string): Promise<Replaced> {
  const vault = join(directory, 'vault.db')
  if (!existsSync(vault)) throw new CliError(`--journal-of: there is no vault.db in ${directory}.`, EXIT.notFound)
  let erasures: readonly Erasure[]
  try {
    erasures = erasuresInVaultFile(vault)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(`--journal-of: the erasure journal in ${vault} cannot be read: ${reason}.`, EXIT.store, {
      cause: error,
    })
  }
  return { erasures, revokedTokens: await revokedIn(join(directory, 'identity.db')) }
}

/** Makes a restored directory forget whom and what it should: erased people, and tokens that were revoked. */
export async function forget(
  directory: string,
  registry: Registry,
  replaced: Replaced | undefined,
  serverTokenId: string | undefined,
): Promise<Forgotten> {
  const vault = join(directory, 'vault.db')
  // The journal first: it may know people whom the books name too, and at what time.
  const byJournal = eraseInVaultFile(vault, replaced?.erasures ?? [])
  const byBooks = eraseInVaultFile(vault, await erasuresInBooks(directory, registry))
  const tokens = [...(replaced?.revokedTokens ?? []), ...(serverTokenId === undefined ? [] : [serverTokenId])]
  const identity = openSqliteIdentity({ file: join(directory, 'identity.db'), now: Date.now })
  let revoked = 0
  try {
    for (const id of tokens) if (await identity.revoke(id)) revoked += 1
  } finally {
    await identity.close()
  }
  return { erased: { byJournal: byJournal.length, byBooks: byBooks.length }, revoked }
}

/** A crash, or the moment of the backup, may stand between the record of an erasure and its own doing. */
async function erasuresInBooks(directory: string, registry: Registry): Promise<readonly Erasure[]> {
  const found: Erasure[] = []
  await withLedgers(directory, async (ledgers) => {
    for await (const { id } of ledgers.list()) {
      for await (const event of readEvents(ledgers, id, registry.events, {})) {
        const personId = standing.erasedBy(event)
        if (personId !== undefined) found.push({ community: id.community, personId, at: event.recordedAt })
      }
    }
  })
  removeReadersFiles(join(directory, 'ledger.db'))
  return found
}

async function revokedIn(file: string): Promise<readonly string[]> {
  if (!existsSync(file)) return []
  const identity = openSqliteIdentity({ file, now: Date.now })
  try {
    return (await identity.list()).flatMap(({ id, revokedAt }) => (revokedAt === undefined ? [] : [id]))
  } finally {
    await identity.close()
  }
}
