import { describe, expect, it } from 'vitest'
import { KeyCache } from '../../src/vault/key-cache.ts'
import { makeKeyMaterial, makeKid, personKeyFrom } from '../../src/vault/person-key.ts'

describe('the cache of open keys', () => {
  it('lets go of the community used longest ago', () => {
    const cache = new KeyCache(2)
    const key = personKeyFrom(makeKid(), 'ana', makeKeyMaterial())
    for (const community of ['first', 'second']) cache.of(community).add(key)
    cache.of('first')
    cache.of('third').add(key)
    expect(cache.of('first').ofPerson('ana')).toBe(key)
    expect(cache.of('second').ofPerson('ana')).toBeUndefined()
  })

  it('keeps no key material in the buffer that it was made of', () => {
    const material = makeKeyMaterial()
    const key = personKeyFrom(makeKid(), 'ana', material)
    expect(material).toEqual(Buffer.alloc(64))
    expect(key.key.export()).not.toEqual(Buffer.alloc(32))
    expect(key.nonceSecret.export()).not.toEqual(Buffer.alloc(32))
  })
})
