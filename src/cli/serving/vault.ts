import type { Logger } from 'pino'
import { openVaultDirectory } from '../../composition/wiring.ts'
import { readOrMakeVaultToken } from '../../vault/remote/access-token.ts'
import { buildVaultApp } from '../../vault-service/app.ts'
import { readOrMakeTls, type TlsFiles } from '../../vault-service/tls-files.ts'
import { listen } from './listen.ts'

export interface VaultServerOptions {
  readonly directory: string
  readonly host: string
  readonly port: number
  readonly tokenFile: string
  /** None where it speaks http, on loopback. */
  readonly tls: TlsFiles | undefined
  readonly masterKey?: string | undefined
  readonly log: Logger
}

/** A vault process that takes requests. */
export interface VaultServer {
  readonly url: string
  /** SHA-256 of its certificate, 64 hex digits. */
  readonly fingerprint: string | undefined
  /** Never settles: nothing of the vault fails for good while it runs. */
  readonly failed: Promise<Error>
  stop(): Promise<void>
}

/** Opens the keys and credentials of a data directory and serves them to nodes. */
export async function startVault(options: VaultServerOptions): Promise<VaultServer> {
  const { directory, host, port, log } = options
  const opened = openVaultDirectory(directory, Date.now, options.masterKey ?? process.env.HEARTHBOOK_MASTER_KEY)
  const { vault, identity } = opened
  try {
    const token = readOrMakeVaultToken(options.tokenFile)
    const tls = options.tls && readOrMakeTls(options.tls, host)
    const app = buildVaultApp({ vault, identity, token, logger: log, ...(tls ? { tls } : {}) })
    const url = await listen(app, host, port)
    return {
      url: tls ? url.replace('http:', 'https:') : url,
      fingerprint: tls?.fingerprint,
      failed: new Promise(() => undefined),
      async stop() {
        await app.close()
        await opened.close()
      },
    }
  } catch (error) {
    await opened.close()
    throw error
  }
}
