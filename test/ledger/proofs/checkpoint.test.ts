import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { originOf, parseCheckpoint, signCheckpoint, verifyCheckpoint } from '../../../src/ledger/proofs/checkpoint.ts'
import { leafHash } from '../../../src/ledger/proofs/leaf.ts'
import { isSignedBy, noteSigner, parseNote, signNote, UnreadableNote } from '../../../src/ledger/proofs/signed-note.ts'
import { parseVerifierKey, UnreadableKey, verifierKeyOf } from '../../../src/ledger/proofs/verifier-key.ts'

// The key and note of golang.org/x/mod/sumdb/note: the private key is the PKCS #8 frame around its published seed.
const seed = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1)
const privateKey = privateKeyOf(seed)
const publishedKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const publishedText =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const publishedNote = `${publishedText}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`

function privateKeyOf(bytes: Uint8Array): KeyObject {
  const frame = Buffer.from('302e020100300506032b657004220420', 'hex')
  return createPrivateKey({ key: Buffer.concat([frame, bytes]), format: 'der', type: 'pkcs8' })
}

const peter = noteSigner('PeterNeumann', privateKey)
const other = generateKeyPairSync('ed25519')
const otherKey = verifierKeyOf(other.publicKey, 'other.example')
const checkpoint = { origin: originOf({ community: 'hearth', book: 'open' }), size: 42, root: leafHash('root') }

/** Changes the character at `at` into another one of the same kind of text. */
function changed(text: string, at: number): string {
  const place = at % text.length
  return text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1)
}

describe('notes and keys', () => {
  it('are those of the reference implementation, byte for byte', () => {
    expect(verifierKeyOf(createPublicKey(privateKey), 'PeterNeumann')).toBe(publishedKey)
    expect(signNote(publishedText, peter)).toBe(publishedNote)
    expect(isSignedBy(parseNote(publishedNote), parseVerifierKey(publishedKey))).toBe(true)
  })

  it('read back any key, also with plus signs in its Base64', () => {
    const keys = Array.from({ length: 40 }, (_, i) => createPublicKey(privateKeyOf(Buffer.alloc(32, i))))
    const texts = keys.map((key) => verifierKeyOf(key, 'a.example'))
    expect(texts.some((text) => text.split('+').length > 3)).toBe(true)
    for (const [i, text] of texts.entries()) {
      expect(parseVerifierKey(text).publicKey.equals(keys[i] ?? privateKey)).toBe(true)
    }
  })

  it('refuse a verifier key with any character changed or any part missing', () => {
    for (let at = 0; at < publishedKey.length; at++) {
      expect(() => parseVerifierKey(changed(publishedKey, at)), `at ${at}`).toThrow(UnreadableKey)
      expect(() => parseVerifierKey(publishedKey.slice(0, at)), `cut at ${at}`).toThrow(UnreadableKey)
    }
    // Wrong length and unknown signature type, with the ids that would fit.
    expect(() =>
      parseVerifierKey('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='),
    ).toThrow(UnreadableKey)
    expect(() => parseVerifierKey('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toThrow(
      UnreadableKey,
    )
  })

  it('refuse names and keys that a note cannot carry', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u2003b', 'a\nb']) {
      expect(() => noteSigner(name, privateKey)).toThrow(RangeError)
      expect(() => verifierKeyOf(other.publicKey, name)).toThrow(RangeError)
    }
    expect(() => noteSigner('a', other.publicKey)).toThrow(RangeError)
    expect(() => verifierKeyOf(generateKeyPairSync('x25519').publicKey, 'a')).toThrow(RangeError)
    expect(() => signNote('no newline at the end', peter)).toThrow(RangeError)
    expect(() => signNote('a\ttab\n', peter)).toThrow(RangeError)
  })

  it('count signatures of the key only, and every one of it', () => {
    const key = parseVerifierKey(publishedKey)
    const [, signature = ''] = publishedNote.split('\n\n')
    const byOther = signNote(publishedText, noteSigner('other.example', other.privateKey)).split('\n\n')[1] ?? ''
    const byNamesake = signNote(publishedText, noteSigner('PeterNeumann', other.privateKey)).split('\n\n')[1] ?? ''
    const forged = signature.replace('PeterNeumann x08go/Z', 'PeterNeumann x08go/Y')
    const signed = (...lines: string[]) => isSignedBy(parseNote(`${publishedText}\n${lines.join('')}`), key)
    expect(signed(byOther, signature, byNamesake)).toBe(true)
    expect(signed(byOther, byNamesake)).toBe(false)
    expect(signed(signature, forged)).toBe(false)
  })
})

describe('checkpoints', () => {
  const note = signCheckpoint(checkpoint, peter)

  it('are three lines, a blank one and the signature, the same every time', () => {
    const [origin, size, root, blank, signature] = note.split('\n')
    expect([origin, size, blank]).toEqual(['hearthbook.hearth.open', '42', ''])
    expect(Buffer.from(root ?? '', 'base64').toString('base64url')).toBe(checkpoint.root)
    expect(signature).toMatch(/^— PeterNeumann x08go[A-Za-z0-9+/]+=*$/)
    expect(signCheckpoint(checkpoint, peter)).toBe(note)
  })

  it('verify with the key that signed them and with no other', () => {
    expect(verifyCheckpoint(note, publishedKey)).toEqual(checkpoint)
    expect(verifyCheckpoint(note, otherKey)).toBeUndefined()
    expect(verifyCheckpoint(note, verifierKeyOf(other.publicKey, 'PeterNeumann'))).toBeUndefined()
    expect(() => verifyCheckpoint(note, 'no key')).toThrow(UnreadableKey)
  })

  it('do not verify with any character changed or any end cut off', () => {
    for (let at = 0; at < note.length; at++) {
      expect(verifyCheckpoint(changed(note, at), publishedKey), `at ${at}`).toBeUndefined()
      expect(verifyCheckpoint(note.slice(0, at), publishedKey), `cut at ${at}`).toBeUndefined()
    }
  })

  it('read back what was signed, extension lines aside', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.string(), (size, leaf) => {
        const some = { origin: 'a.example/log', size, root: leafHash(leaf) }
        expect(parseCheckpoint(signCheckpoint(some, peter))).toMatchObject(some)
      }),
    )
    const [origin, size, root] = note.split('\n')
    const extended = signNote(`${origin}\n${size}\n${root}\nmore\n`, peter)
    expect(verifyCheckpoint(extended, publishedKey)).toEqual(checkpoint)
  })

  it.each([
    ['nothing', ''],
    ['no signature', 'a\n1\nAAAA\n'],
    ['a signature without a space', `${'a\n1\nAAAA\n'}\n—name\n`],
  ])('cannot be read from %s', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(UnreadableNote)
  })

  it.each([
    ['two lines', 'a\n1\n'],
    ['an empty origin', '\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['a leading zero', 'a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['a negative size', 'a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['a size no number holds', 'a\n9007199254740993\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['a short root', 'a\n1\nAAAA\n'],
    ['a root in base64url', 'a\n1\n47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU\n'],
    ['an empty extension line', 'a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n'],
  ])('cannot be read from a signed note with %s', (_, text) => {
    expect(() => parseCheckpoint(signNote(text, peter))).toThrow(UnreadableNote)
  })

  it('are not signed for what no checkpoint can say', () => {
    for (const bad of [{ size: -1 }, { size: 0.5 }, { root: 'x' }, { origin: '' }, { origin: 'a\nb' }]) {
      expect(() => signCheckpoint({ ...checkpoint, ...bad }, peter)).toThrow(RangeError)
    }
  })
})
