import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll } from 'vitest'
import { openMemoryIdentity } from '../../src/identity/memory/memory-identity.ts'
import type { Identity } from '../../src/identity/port.ts'
import { MemoryVault } from '../../src/vault/memory/memory-vault.ts'
import type { Vault } from '../../src/vault/port.ts'
import type { VaultAccess } from '../../src/vault/remote/channel.ts'
import { buildVaultApp } from '../../src/vault-service/app.ts'
import { makeSelfSigned, type SelfSigned } from '../../src/vault-service/self-signed.ts'

export const TOKEN = `hbv_${'t'.repeat(43)}`

export interface ServingVault {
  readonly vault: Vault
  readonly identity: Identity
  readonly app: FastifyInstance
  /** Without the certificate, which a test gives as it wants it. */
  readonly access: VaultAccess
  readonly tls: SelfSigned | undefined
}

/** A vault process in this one, on a port of its own, until all tests of the file are done. */
export async function servingVault({ now = Date.now, encrypted = false, port = 0 } = {}): Promise<ServingVault> {
  const vault = new MemoryVault()
  const identity = openMemoryIdentity(now)
  const tls = encrypted ? makeSelfSigned(['localhost', '127.0.0.1', '::1'], new Date()) : undefined
  const app = buildVaultApp({ vault, identity, token: TOKEN, ...(tls ? { tls } : {}) })
  await app.listen({ port, host: '127.0.0.1' })
  opened.push(app)
  const { port: taken } = app.server.address() as AddressInfo
  const url = `${encrypted ? 'https' : 'http'}://127.0.0.1:${taken}`
  return { vault, identity, app, access: { url, token: TOKEN }, tls }
}

const opened: FastifyInstance[] = []
afterAll(async () => {
  await Promise.all(opened.splice(0).map((app) => app.close()))
})
