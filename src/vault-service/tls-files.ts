import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { makeSecretFile, readSecretFile, type SecretFile } from '../vault/secret-file.ts'
import { makeSelfSigned, type SelfSigned } from './self-signed.ts'

/** The files with the vault's certificate and its key cannot be used. */
export class TlsFilesRefused extends Error {
  override readonly name = 'TlsFilesRefused'
}

export interface TlsFiles {
  readonly cert: string
  readonly key: string
}

/**
 * The certificate and the key of the vault process; made where there is neither, for the names this machine goes by.
 * @throws TlsFilesRefused where one of them is missing or they do not belong together.
 */
export function readOrMakeTls({ cert, key }: TlsFiles, host: string): SelfSigned & { readonly fingerprint: string } {
  const keyFile: SecretFile = {
    path: key,
    called: 'TLS key file',
    refused: (message, options) => new TlsFilesRefused(message, options),
  }
  if (!existsSync(cert) && !existsSync(key)) {
    const names = new Set(['localhost', '127.0.0.1', '::1', hostname(), ...(isWildcard(host) ? [] : [host])])
    const made = makeSelfSigned([...names], new Date())
    makeSecretFile(keyFile, made.key)
    writeFileSync(cert, made.cert, { flag: 'wx', mode: 0o644 })
  }
  const keyText = readSecretFile(keyFile)
  if (keyText === undefined || !existsSync(cert))
    throw new TlsFilesRefused(
      `of the TLS certificate ${cert} and its key ${key}, one is missing: give both, or remove the other to have both made anew`,
    )
  const certText = readFileSync(cert, 'utf8')
  return { cert: certText, key: keyText, fingerprint: fingerprintOf(certText, cert) }
}

/** SHA-256 of the first certificate of a PEM text, 64 hex digits. @throws TlsFilesRefused where it has none. */
function fingerprintOf(text: string, file: string): string {
  try {
    return new X509Certificate(text).fingerprint256.replaceAll(':', '').toLowerCase()
  } catch (error) {
    throw new TlsFilesRefused(`the TLS certificate ${file} is no certificate`, { cause: error })
  }
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}
