import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PersonKey, Vault } from '../../src/vault/port.ts'

const AT = '2026-03-10T09:00:00Z'
const LATER = '2026-03-11T09:00:00Z'

function bytes(key: KeyObject | undefined): string {
  return key?.export().toString('hex') ?? 'no key'
}

function material(key: PersonKey | undefined): readonly string[] {
  return [key?.kid ?? 'no key', bytes(key?.key), bytes(key?.nonceSecret)]
}

/** What every adapter of {@link Vault} does; `open` makes an empty one. */
export function vaultContract(name: string, open: () => Promise<Vault>): void {
  describe(`vault contract: ${name}`, () => {
    let vault: Vault
    beforeEach(async () => {
      vault = await open()
    })
    afterEach(() => vault.close())

    it('makes a key where one is missing and gives the same one afterwards', async () => {
      const first = await vault.keysFor('hearth', ['ana', 'ben', 'ana'])
      const second = await vault.keysFor('hearth', ['ben', 'ana', 'cleo'])
      expect([...first.keys()]).toEqual(['ana', 'ben'])
      expect(material(second.get('ana'))).toEqual(material(first.get('ana')))
      expect(material(second.get('ben'))).toEqual(material(first.get('ben')))
      expect(second.get('cleo')?.personId).toBe('cleo')
    })

    it('gives every person, in every community, a key of their own', async () => {
      const here = await vault.keysFor('hearth', ['ana', 'ben'])
      const there = await vault.keysFor('harbour', ['ana'])
      const all = [here.get('ana'), here.get('ben'), there.get('ana')].map(material)
      expect(new Set(all.map(([kid]) => kid)).size).toBe(3)
      expect(new Set(all.flatMap(([, key, nonce]) => [key, nonce])).size).toBe(6)
    })

    it('makes 256-bit secrets under a 128-bit id', async () => {
      const key = (await vault.keysFor('hearth', ['ana'])).get('ana')
      expect(key?.kid).toMatch(/^[\w-]{22}$/)
      expect(key?.key.symmetricKeySize).toBe(32)
      expect(key?.nonceSecret.symmetricKeySize).toBe(32)
    })

    it('gives nothing for nobody', async () => {
      expect(await vault.keysFor('hearth', [])).toEqual(new Map())
      expect(await vault.keysOf('hearth')).toEqual(new Map())
    })

    it('lists the keys of one community by kid, also those made since', async () => {
      const early = await vault.keysFor('hearth', ['ana', 'ben'])
      await vault.keysFor('harbour', ['dora'])
      expect((await vault.keysOf('hearth')).size).toBe(2)
      const late = await vault.keysFor('hearth', ['cleo'])
      const keys = [...early.values(), ...late.values()]
      expect(await vault.keysOf('hearth')).toEqual(new Map(keys.map((key) => [key.kid, key])))
    })

    it('destroys a key and never makes a new one for the person', async () => {
      const before = await vault.keysFor('hearth', ['ana', 'ben'])
      const held = await vault.keysOf('hearth')
      await vault.erase('hearth', 'ana', AT)
      const after = await vault.keysFor('hearth', ['ana', 'ben'])
      expect([...after.keys()]).toEqual(['ben'])
      expect(material(after.get('ben'))).toEqual(material(before.get('ben')))
      expect([...(await vault.keysOf('hearth')).values()].map((key) => key.personId)).toEqual(['ben'])
      expect(held.size).toBe(2)
    })

    it('makes no key for a person erased before they had one', async () => {
      await vault.erase('hearth', 'ana', AT)
      expect(await vault.keysFor('hearth', ['ana'])).toEqual(new Map())
      expect(await vault.erasures()).toEqual([{ community: 'hearth', personId: 'ana', at: AT }])
    })

    it('erases a person in one community only', async () => {
      const there = await vault.keysFor('harbour', ['ana'])
      await vault.keysFor('hearth', ['ana'])
      await vault.erase('hearth', 'ana', AT)
      expect(material((await vault.keysFor('harbour', ['ana'])).get('ana'))).toEqual(material(there.get('ana')))
    })

    it('keeps the journal in order and each erasure once', async () => {
      await vault.erase('hearth', 'ben', AT)
      await vault.erase('harbour', 'ana', AT)
      await vault.erase('hearth', 'ana', LATER)
      await vault.erase('hearth', 'ben', LATER)
      const ben = { community: 'hearth', personId: 'ben', at: AT }
      const ana = { community: 'hearth', personId: 'ana', at: LATER }
      expect(await vault.erasures()).toEqual([ben, { community: 'harbour', personId: 'ana', at: AT }, ana])
      expect(await vault.erasures('hearth')).toEqual([ben, ana])
      expect(await vault.erasures('nowhere')).toEqual([])
    })

    it('keeps one 32-byte secret per community', async () => {
      const hearth = await vault.communitySecret('hearth')
      expect(hearth.symmetricKeySize).toBe(32)
      expect(bytes(await vault.communitySecret('hearth'))).toBe(bytes(hearth))
      expect(bytes(await vault.communitySecret('harbour'))).not.toBe(bytes(hearth))
    })

    it('keeps one Ed25519 signing key', async () => {
      const key = await vault.signingKey()
      const note = Buffer.from('a checkpoint')
      expect(key.asymmetricKeyType).toBe('ed25519')
      expect(verify(null, note, createPublicKey(await vault.signingKey()), sign(null, note, key))).toBe(true)
    })

    it('takes any text as a name and never mixes two up', async () => {
      const first = await vault.keysFor('a","b', ['c', "x'; --", ''])
      const second = await vault.keysFor('a', ['b","c', '\u0000'])
      expect(new Set([...first.values(), ...second.values()].map((key) => key.kid)).size).toBe(5)
    })

    it('gives nothing once closed, and closes twice', async () => {
      await vault.keysFor('hearth', ['ana'])
      await vault.close()
      await vault.close()
      await expect(vault.keysFor('hearth', ['ana'])).rejects.toMatchObject({ name: 'VaultClosed' })
      await expect(vault.keysOf('hearth')).rejects.toMatchObject({ name: 'VaultClosed' })
      await expect(vault.communitySecret('hearth')).rejects.toMatchObject({ name: 'VaultClosed' })
      await expect(vault.signingKey()).rejects.toMatchObject({ name: 'VaultClosed' })
      await expect(vault.erase('hearth', 'ana', AT)).rejects.toMatchObject({ name: 'VaultClosed' })
      await expect(vault.erasures()).rejects.toMatchObject({ name: 'VaultClosed' })
    })
  })
}
