import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openStore } from '../../composition/wiring.ts'
import type { Ledgers } from '../../ledger/port.ts'
import { lockDirectory } from '../../ledger/sqlite/directory-lock.ts'
import { openSqliteLedgers } from '../../ledger/sqlite/sqlite-ledgers.ts'
import { addressFrom, booksElsewhere } from '../books/elsewhere.ts'
import { CliError, EXIT } from '../exits.ts'

/** The word for the store that HEARTHBOOK_STORE names, whose password belongs on no command line. */
const STORE = 'store'

/** Where books are or are to be, opened. */
export interface Place {
  readonly ledgers: Ledgers
  /** What to call it. */
  readonly name: string
  close(): Promise<void>
}

/**
 * Opens a data directory, or a store by its address, or by the word `store` the one that HEARTHBOOK_STORE names. A
 * directory is locked, so that no server writes to it meanwhile.
 * @throws CliError, and DirectoryInUse where a server runs on the directory.
 */
export async function openPlace(option: '--from' | '--to', place: string): Promise<Place> {
  const address = addressOf(option, place)
  if (address !== undefined) {
    const ledgers = await openStore(address)
    return { ledgers, name: address.shown, close: () => ledgers.close() }
  }
  const directory = resolve(place)
  const file = join(directory, 'ledger.db')
  const isSource = option === '--from'
  if (isSource && !existsSync(file)) throw new CliError(`--from: there is no ledger in ${place}.`, EXIT.notFound)
  if (!isSource) mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = lockDirectory(directory)
  try {
    const ledgers = await openSqliteLedgers({ file, readOnly: isSource })
    return {
      ledgers,
      name: place,
      async close() {
        await ledgers.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function addressOf(option: string, place: string) {
  if (place.includes('://')) return addressFrom(place, option)
  if (place !== STORE) return undefined
  const address = booksElsewhere()
  if (address === undefined) throw new CliError(`${option} ${STORE}: HEARTHBOOK_STORE names no store.`, EXIT.usage)
  return address
}
