import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { SealedAt, SealedPlace, SealedValue } from '../kernel/sealed.ts'
import type { PersonKey } from './port.ts'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const TAG_LENGTH = { authTagLength: TAG_BYTES }

/** A sealed value that does not open: another key, another place, or altered bytes. It does not tell which. */
export class UnsealFailed extends Error {
  override readonly name = 'UnsealFailed'
  constructor() {
    super('the sealed value does not open with this key at this place')
  }
}

/**
 * Seals a personal text with AES-256-GCM for the one place where it will stand.
 *
 * The nonce is the first 12 bytes of HMAC-SHA-256(nonce secret, community | book | event id | pointer | plaintext), so
 * the same input gives the same bytes and a nonce never serves two texts.
 *
 * @throws TypeError where the text holds a lone surrogate, which UTF-8 cannot carry.
 */
export function seal(key: PersonKey, place: SealedPlace, plaintext: string): SealedValue {
  if (!plaintext.isWellFormed()) throw new TypeError('a text with a lone surrogate cannot be sealed')
  const where = placeText(place)
  // The place is a JSON array, which ends itself: no text appended to it can read as a part of the place.
  const nonce = createHmac('sha256', key.nonceSecret).update(where).update(plaintext).digest().subarray(0, NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key.key, nonce, TAG_LENGTH)
  cipher.setAAD(Buffer.from(where))
  const body = cipher.update(plaintext, 'utf8')
  cipher.final()
  return {
    v: 1,
    alg: 'A256GCM',
    kid: key.kid,
    iv: nonce.toString('base64url'),
    ct: Buffer.concat([body, cipher.getAuthTag()]).toString('base64url'),
  }
}

/**
 * Opens a sealed value at the place where it was sealed. A value has one spelling: a changed character never opens.
 *
 * @throws UnsealFailed where it does not authenticate under this key and place.
 */
export function unseal(key: PersonKey, at: SealedAt): string {
  const { value } = at
  if (value.v !== 1 || value.alg !== 'A256GCM' || value.kid !== key.kid) throw new UnsealFailed()
  const nonce = decode(value.iv)
  const sealed = decode(value.ct)
  if (nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) throw new UnsealFailed()
  const end = sealed.length - TAG_BYTES
  const decipher = createDecipheriv(CIPHER, key.key, nonce, TAG_LENGTH)
  decipher.setAAD(Buffer.from(placeText(at)))
  decipher.setAuthTag(sealed.subarray(end))
  const plaintext = decipher.update(sealed.subarray(0, end))
  try {
    decipher.final()
  } catch {
    throw new UnsealFailed()
  }
  return plaintext.toString('utf8')
}

function placeText(place: SealedPlace): string {
  return JSON.stringify([place.community, place.book, place.eventId, place.pointer])
}

/** Node skips what is not base64url and ignores spare bits; re-encoding shows whether it did. */
function decode(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw new UnsealFailed()
  return bytes
}
