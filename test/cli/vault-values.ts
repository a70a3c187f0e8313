import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeSelfSigned } from '../../src/vault-service/self-signed.ts'

export const TOKEN = `hbv_${'t'.repeat(43)}`

/** A value for each setting of the vault process and of its nodes, with the files they name. */
export function vaultValues(folder: string) {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const { cert, key } = makeSelfSigned(['localhost'], new Date())
  return {
    vault: 'https://vault:7402',
    vaultTokenFile: file('vault.token', TOKEN),
    vaultCa: file('ca.crt', cert),
    vaultFingerprint: 'ab'.repeat(32),
    vaultHost: '::1',
    vaultPort: 83,
    vaultPlain: true,
    vaultCert: file('vault.crt', cert),
    vaultKey: file('vault.key', key),
  }
}

/** What has to be set with a setting, as flags. */
export function companionsOf(name: string, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { vault, vaultTokenFile, vaultCert, vaultKey } = values
  if (name === 'vault') return { vaultTokenFile }
  if (name === 'vaultCa' || name === 'vaultFingerprint') return { vault, vaultTokenFile }
  if (name === 'vaultCert') return { vaultKey }
  return name === 'vaultKey' ? { vaultCert } : {}
}
