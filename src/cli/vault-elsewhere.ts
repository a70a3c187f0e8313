import { join } from 'node:path'
import type { Identity } from '../identity/port.ts'
import { RemoteIdentity } from '../identity/remote/remote-identity.ts'
import { openSqliteIdentity } from '../identity/sqlite/sqlite-identity.ts'
import type { VaultAccess } from '../vault/remote/channel.ts'
import { loadConfig } from './config/load.ts'
import { vaultAccess } from './config/vault-settings.ts'

/** The vault process that HEARTHBOOK_VAULT names; undefined where keys and credentials are in the data directory. */
export function vaultElsewhere(): VaultAccess | undefined {
  if (!process.env.HEARTHBOOK_VAULT) return undefined
  return vaultAccess(loadConfig({}, process.env).settings)
}

/** Opens the credentials of a data directory, or those of the vault process that HEARTHBOOK_VAULT names. */
export function openIdentity(directory: string): Identity {
  const access = vaultElsewhere()
  return access === undefined
    ? openSqliteIdentity({ file: join(directory, 'identity.db'), now: Date.now })
    : new RemoteIdentity(access, Date.now)
}
