import { createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SealedAt, SealedPlace, SealedValue } from '../../src/kernel/sealed.ts'
import type { PersonKey } from '../../src/vault/port.ts'
import { seal, UnsealFailed, unseal } from '../../src/vault/sealing.ts'

function keyOf(fill: number, kid = `kid-${fill}`): PersonKey {
  const key = createSecretKey(Buffer.alloc(32, fill))
  return { kid, personId: 'ana', key, nonceSecret: createSecretKey(Buffer.alloc(32, fill + 1)) }
}

const KEY = keyOf(1)
const PLACE: SealedPlace = { community: 'hearth', book: 'open', eventId: 'e-1', pointer: '/name' }
const unicode = fc.string({ unit: 'binary', maxLength: 300 })
const places = fc.record({
  community: fc.string(),
  book: fc.constantFrom('open', 'private'),
  eventId: fc.string(),
  pointer: fc.string(),
}) satisfies fc.Arbitrary<SealedPlace>

function opens(key: PersonKey, at: SealedAt): boolean {
  try {
    unseal(key, at)
    return true
  } catch (error) {
    if (error instanceof UnsealFailed) return false
    throw error
  }
}

describe('sealing', () => {
  it('opens what it sealed, for any text and place', () => {
    fc.assert(
      fc.property(places, unicode, (place, text) => {
        expect(unseal(KEY, { ...place, value: seal(KEY, place, text) })).toBe(text)
      }),
    )
  })

  it('gives the same bytes for the same input', () => {
    fc.assert(
      fc.property(places, unicode, (place, text) => {
        expect(seal(keyOf(1), { ...place }, text)).toEqual(seal(KEY, place, text))
      }),
    )
  })

  it('keeps the format that books already hold', () => {
    // Computed once by another implementation: HMAC and AES-GCM over ["hearth","open","e-1","/name"].
    expect(seal(KEY, PLACE, 'Ana')).toEqual({
      v: 1,
      alg: 'A256GCM',
      kid: 'kid-1',
      iv: 'Uy16gqHpEVnn_RKH',
      ct: 'E370vdrQVovKY_llRX0DDeV9kw',
    })
  })

  it('uses another nonce for another text, place or key', () => {
    const others: readonly SealedValue[] = [
      seal(KEY, PLACE, 'Ana'),
      seal(KEY, PLACE, 'Ane'),
      seal(keyOf(3), PLACE, 'Ana'),
      seal(KEY, { ...PLACE, community: 'harbour' }, 'Ana'),
      seal(KEY, { ...PLACE, book: 'private' }, 'Ana'),
      seal(KEY, { ...PLACE, eventId: 'e-2' }, 'Ana'),
      seal(KEY, { ...PLACE, pointer: '/note' }, 'Ana'),
    ]
    expect(new Set(others.map((value) => value.iv)).size).toBe(others.length)
  })

  it('cannot be led to one nonce by moving text between the parts', () => {
    const cut = (text: string, first: number, second: number): string => {
      const [low, high] = [Math.min(first, second), Math.max(first, second)]
      const place = { ...PLACE, eventId: text.slice(0, low), pointer: text.slice(low, high) }
      return seal(KEY, place, text.slice(high)).iv
    }
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 8 }), (text) => {
        const cuts = Array.from(text, (_, index) => index)
        const nonces = cuts.flatMap((low) => cuts.filter((high) => high >= low).map((high) => cut(text, low, high)))
        expect(new Set(nonces).size).toBe(nonces.length)
      }),
    )
  })

  it('does not open at another place', () => {
    const value = seal(KEY, PLACE, 'Ana')
    expect(opens(KEY, { ...PLACE, value })).toBe(true)
    expect(opens(KEY, { ...PLACE, community: 'harbour', value })).toBe(false)
    expect(opens(KEY, { ...PLACE, book: 'private', value })).toBe(false)
    expect(opens(KEY, { ...PLACE, eventId: 'e-2', value })).toBe(false)
    expect(opens(KEY, { ...PLACE, pointer: '/note', value })).toBe(false)
  })

  it('does not open under another key, even one of the same name', () => {
    const value = seal(KEY, PLACE, 'Ana')
    expect(opens(keyOf(3), { ...PLACE, value })).toBe(false)
    expect(opens(keyOf(3, KEY.kid), { ...PLACE, value })).toBe(false)
  })

  it('does not open with any one character changed, added or taken away', () => {
    const value = seal(KEY, PLACE, 'Ana of the hearth')
    const alphabet = fc.constantFrom(...'ABCDwxyz0189-_=+/ ', '\u0000', 'é')
    fc.assert(
      fc.property(fc.constantFrom('iv', 'ct'), fc.nat(100), alphabet, fc.nat(2), (field, index, character, cut) => {
        const text = value[field]
        const at = index % text.length
        const changed = text.slice(0, at) + character + text.slice(at + cut)
        fc.pre(changed !== text)
        expect(opens(KEY, { ...PLACE, value: { ...value, [field]: changed } })).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it('refuses an empty or shortened ciphertext and a foreign format', () => {
    const value = seal(KEY, PLACE, '')
    expect(opens(KEY, { ...PLACE, value })).toBe(true)
    expect(opens(KEY, { ...PLACE, value: { ...value, ct: '' } })).toBe(false)
    expect(opens(KEY, { ...PLACE, value: { ...value, ct: value.ct.slice(0, 8) } })).toBe(false)
    expect(opens(KEY, { ...PLACE, value: { ...value, iv: '' } })).toBe(false)
    expect(opens(KEY, { ...PLACE, value: { ...value, v: 2 } as unknown as SealedValue })).toBe(false)
  })

  it('refuses a text that would come back different', () => {
    expect(() => seal(KEY, PLACE, 'half a pair: \ud800')).toThrow(TypeError)
  })

  it('tells neither text nor place when it fails', () => {
    const value = seal(KEY, PLACE, 'Ana')
    const fail = (): string => unseal(KEY, { ...PLACE, pointer: '/other', value })
    expect(fail).toThrow(new UnsealFailed())
    expect(fail).not.toThrow(/Ana|hearth|other/)
  })
})
