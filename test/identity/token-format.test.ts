import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashToken, makeToken, parseToken, sameHash } from '../../src/identity/token-format.ts'

const KINDS = ['person', 'service', 'operator', 'session', 'link'] as const
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

describe('the form of a token', () => {
  it.each(KINDS)('names a %s token, carries its id and reads back', (kind) => {
    const { id, text } = makeToken(kind)
    expect(text).toMatch(new RegExp(`^hbk_${kind}_${id}[0-9A-Za-z]{32}_[0-9A-Za-z]{6}$`))
    expect(parseToken(text)).toEqual({ kind, id })
  })

  it('keeps the checksum that tokens in use have', () => {
    // CRC-32 of all before the last underscore, 0xab63e1d3, in base62; computed once by another implementation.
    const body = 'hbk_person_0000000000000000000000zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'
    expect(parseToken(`${body}_38b5ql`)).toEqual({ kind: 'person', id: '0'.repeat(22) })
  })

  it('is never the same twice, and every character of it varies', () => {
    const made = Array.from({ length: 3000 }, () => makeToken('service'))
    const random = made.map(({ text }) => text.slice('hbk_service_'.length, -'_123456'.length))
    expect(new Set(random).size).toBe(3000)
    expect(new Set(made.map(({ id }) => id)).size).toBe(3000)
    for (let place = 0; place < 22 + 32; place++) {
      expect(new Set(random.map((text) => text.charAt(place)))).toEqual(new Set(BASE62))
    }
  })

  it('draws every character equally often', () => {
    const counts = new Map<string, number>()
    for (let drawn = 0; drawn < 3000; drawn++) {
      for (const character of makeToken('person').text.slice('hbk_person_'.length, -'_123456'.length)) {
        counts.set(character, (counts.get(character) ?? 0) + 1)
      }
    }
    // 162,000 draws, 2,613 expected of each, standard deviation 51; without rejection eight would be drawn 25 % more often.
    expect(Math.max(...counts.values())).toBeLessThan(2613 + 7 * 51)
    expect(Math.min(...counts.values())).toBeGreaterThan(2613 - 7 * 51)
  })

  it('is not recognised with one character mistyped', () => {
    const character = fc.constantFrom(...BASE62, '_', '-', ' ', 'é', '\n')
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.nat(90), character, (kind, place, typed) => {
        const { text } = makeToken(kind)
        const at = place % text.length
        fc.pre(text.charAt(at) !== typed)
        expect(parseToken(text.slice(0, at) + typed + text.slice(at + 1))).toBeUndefined()
      }),
      { numRuns: 2000 },
    )
  })

  it('is not recognised with two neighbours swapped, or a character lost or doubled', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.nat(90), (kind, place) => {
        const { text } = makeToken(kind)
        const at = place % (text.length - 1)
        const [first, second, rest] = [text.charAt(at), text.charAt(at + 1), text.slice(at + 2)]
        expect(parseToken(text.slice(0, at) + first + rest)).toBeUndefined()
        expect(parseToken(text.slice(0, at) + first + first + second + rest)).toBeUndefined()
        fc.pre(first !== second)
        expect(parseToken(text.slice(0, at) + second + first + rest)).toBeUndefined()
      }),
    )
  })

  it('is looked for in any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseToken(text)).toBeUndefined()
        expect(parseToken(`hbk_person_${text}`)).toBeUndefined()
      }),
    )
    for (const text of ['', 'hbk_', 'hbk_person__', `${makeToken('person').text}\n`, ` ${makeToken('person').text}`]) {
      expect(parseToken(text)).toBeUndefined()
    }
  })
})

describe('the hash of a token', () => {
  it('is SHA-256, compared in whole', () => {
    expect(hashToken('abc')).toBe(Buffer.from(SHA256_ABC, 'hex').toString('base64url'))
    const hash = hashToken(makeToken('person').text)
    expect(sameHash(hash, `${hash}`)).toBe(true)
    expect(sameHash(hash, `${hash.slice(0, -1)}${hash.endsWith('A') ? 'B' : 'A'}`)).toBe(false)
    expect(sameHash(hash, hash.slice(1))).toBe(false)
    expect(sameHash(hash, '')).toBe(false)
  })
})

/** FIPS 180-2, appendix B.1. */
const SHA256_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
