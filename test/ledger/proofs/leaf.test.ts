import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { leafHash } from '../../../src/ledger/proofs/leaf.ts'

function plainLeafHash(text: string): string {
  return createHash('sha256').update(Buffer.of(0)).update(Buffer.from(text)).digest('base64url')
}

it('is the published leaf hash of nothing', () => {
  const published = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
  expect(leafHash('')).toBe(Buffer.from(published, 'hex').toString('base64url'))
})

it('is SHA-256 over the leaf prefix and the UTF-8 of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(leafHash(text)).toBe(plainLeafHash(text))
    }),
  )
})

it.each(['a', 'é', '—', '🔥'])('keeps to it for texts of every length around its buffer: %s', (unit) => {
  for (const bytes of [21_844, 21_845, 21_846, 65_534, 65_535, 65_536, 200_000]) {
    const text = unit.repeat(Math.ceil(bytes / unit.length))
    expect(leafHash(text)).toBe(plainLeafHash(text))
  }
})
