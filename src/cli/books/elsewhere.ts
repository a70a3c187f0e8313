import { type StoreAddress, storeAddress } from '../../ledger/eventstoredb/address.ts'
import { CliError, EXIT } from '../exits.ts'

/** The store that HEARTHBOOK_STORE names; undefined where the books are in the data directory. @throws CliError */
export function booksElsewhere(): StoreAddress | undefined {
  const text = process.env.HEARTHBOOK_STORE?.trim()
  return text ? addressFrom(text, 'HEARTHBOOK_STORE') : undefined
}

/** A store's address as it was given. @throws CliError naming where it came from, without quoting it. */
export function addressFrom(text: string, from: string): StoreAddress {
  try {
    return storeAddress(text)
  } catch (error) {
    throw new CliError(`${from} ${error instanceof Error ? error.message : String(error)}.`, EXIT.usage)
  }
}
