import { randomBytes } from 'node:crypto'
import { makeSecretFile, readSecretFile, type SecretFile } from '../secret-file.ts'

const TOKEN_BYTES = 32
const TOKEN = /^hbv_[\w-]{43}$/

/** The secret that nodes and the vault process share cannot be used; the message says why, never the secret. */
export class VaultTokenRefused extends Error {
  override readonly name = 'VaultTokenRefused'
}

/** The secret in the file. @throws VaultTokenRefused where it is missing, malformed, or open to group or others. */
export function readVaultToken(path: string): string {
  const text = readSecretFile(tokenFile(path))?.trim()
  if (text === undefined)
    throw new VaultTokenRefused(`there is no vault token file ${path}; the vault process makes it at its first start`)
  if (!TOKEN.test(text))
    throw new VaultTokenRefused(`the vault token file ${path} must hold a token as the vault makes it`)
  return text
}

/** As {@link readVaultToken}, made where there is none. For the vault process alone. */
export function readOrMakeVaultToken(path: string): string {
  const file = tokenFile(path)
  if (readSecretFile(file) === undefined)
    makeSecretFile(file, `hbv_${randomBytes(TOKEN_BYTES).toString('base64url')}\n`)
  return readVaultToken(path)
}

function tokenFile(path: string): SecretFile {
  return { path, called: 'vault token file', refused: (message, options) => new VaultTokenRefused(message, options) }
}
