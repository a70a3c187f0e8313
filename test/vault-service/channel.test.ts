import { X509Certificate } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { VaultAccess } from '../../src/vault/remote/channel.ts'
import { RemoteVault } from '../../src/vault/remote/remote-vault.ts'
import { makeSelfSigned } from '../../src/vault-service/self-signed.ts'
import { servingVault } from './serving-vault.ts'

const asked = (access: VaultAccess) => new RemoteVault(access).communitySecret('hearth')
const fingerprint = (pem = '') => new X509Certificate(pem).fingerprint256

describe('a node that asks the vault process', () => {
  it('believes the certificate it was given, or whose fingerprint it knows, and no other', async () => {
    const { access, tls } = await servingVault({ encrypted: true })
    const other = makeSelfSigned(['127.0.0.1'], new Date()).cert
    await expect(asked({ ...access, ca: tls?.cert })).resolves.toBeDefined()
    await expect(asked({ ...access, fingerprint: fingerprint(tls?.cert) })).resolves.toBeDefined()
    for (const wrong of [{}, { ca: other }, { fingerprint: fingerprint(other) }])
      await expect(asked({ ...access, ...wrong })).rejects.toMatchObject({ name: 'VaultRefused' })
    const named = access.url.replace('127.0.0.1', '127.0.0.2')
    await expect(asked({ ...access, url: named, ca: tls?.cert })).rejects.toMatchObject({
      name: expect.stringMatching(/^VaultRefused|VaultUnavailable$/),
    })
  })

  it('sends nothing to a vault that shows another certificate', async () => {
    const { access, app } = await servingVault({ encrypted: true })
    let requests = 0
    app.server.on('request', () => {
      requests += 1
    })
    await expect(asked({ ...access, fingerprint: '0'.repeat(64) })).rejects.toThrow('another certificate')
    expect(requests).toBe(0)
  })

  it('is told nothing without the token, not even whether there is such a request', async () => {
    const { access } = await servingVault()
    await expect(asked({ ...access, token: `${access.token.slice(0, -1)}x` })).rejects.toMatchObject({
      name: 'VaultRefused',
    })
    for (const authorization of ['', `Bearer ${'x'.repeat(47)}`])
      for (const path of ['vault/keysOf', 'identity/list']) {
        const answer = await fetch(`${access.url}/v1/${path}`, {
          method: 'POST',
          headers: { authorization },
          body: '{',
        })
        expect([answer.status, await answer.json()]).toEqual([
          401,
          expect.objectContaining({ error: 'Unauthenticated' }),
        ])
      }
    expect((await fetch(`${access.url}/healthz`)).status).toBe(200)
  })

  it('is refused what has another form, and is shown nothing of what it sent', async () => {
    const { access } = await servingVault()
    const headers = { authorization: `Bearer ${access.token}`, 'content-type': 'application/json' }
    for (const body of ['{}', '{"community":7}', '{"community":"hearth","canary-4711":1}', '{', '[]']) {
      const answer = await fetch(`${access.url}/v1/vault/keysOf`, { method: 'POST', headers, body })
      expect(answer.status).toBe(400)
      expect(await answer.text()).not.toMatch(/hearth|canary/)
    }
    expect((await fetch(`${access.url}/v1/vault/keysOf`, { headers })).status).toBe(404)
  })

  it('hears that the vault is away, and goes on where it was when it is back', async () => {
    const first = await servingVault()
    const vault = new RemoteVault(first.access)
    await vault.keysFor('hearth', ['ana'])
    await first.app.close()
    await expect(vault.keysOf('hearth')).rejects.toMatchObject({ name: 'VaultUnavailable' })
    await servingVault({ port: Number(new URL(first.access.url).port) })
    // Over a connection that the old one closed.
    expect(await vault.keysOf('hearth')).toEqual(new Map())
    await vault.close()
  })

  it('does not take whatever answers there for the vault', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nno')).listen(0)
    const { port } = server.address() as AddressInfo
    await expect(asked({ url: `http://127.0.0.1:${port}`, token: 'x' })).rejects.toMatchObject({
      name: 'VaultUnavailable',
    })
    server.close()
  })
})

describe('a certificate made here', () => {
  it('is one that OpenSSL reads, for the names it was made for, signed by its own key', () => {
    const now = new Date('2026-03-10T09:00:00Z')
    const { cert } = makeSelfSigned(['localhost', 'vault.example.org', '10.1.2.3', 'fd00::1'], now)
    const read = new X509Certificate(cert)
    expect(read.verify(read.publicKey)).toBe(true)
    expect(read.checkHost('vault.example.org')).toBe('vault.example.org')
    expect(read.checkHost('other.example.org')).toBeUndefined()
    expect([read.checkIP('10.1.2.3'), read.checkIP('fd00::1'), read.checkIP('10.1.2.4')]).toEqual([
      '10.1.2.3',
      'fd00::1',
      undefined,
    ])
    expect(read.ca).toBe(true)
    expect(Date.parse(read.validFrom)).toBe(Date.parse('2026-03-09T09:00:00Z'))
    expect(new Date(Date.parse(read.validTo)).getUTCFullYear()).toBe(2036)
    expect(makeSelfSigned(['localhost'], now).cert).not.toBe(cert)
    const late = new X509Certificate(makeSelfSigned(['localhost'], new Date('2045-01-01T00:00:00Z')).cert)
    expect(Date.parse(late.validTo)).toBe(Date.parse('2054-12-30T00:00:00Z'))
  })
})
