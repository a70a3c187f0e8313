import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { bytesOfBase64 } from './base64.ts'

/** The signature type of Ed25519 in signed notes. */
const ed25519Type = 0x01

/** A public key with the name it signs under, as read from its note form by {@link parseVerifierKey}. */
export interface VerifierKey {
  readonly name: string
  /** Names the key together with `name`: the first four bytes of a hash, as eight hexadecimal digits. */
  readonly id: string
  /** Ed25519. */
  readonly publicKey: KeyObject
}

/** A verifier key that is not in the note form, or whose parts do not fit together. */
export class UnreadableKey extends Error {
  override readonly name = 'UnreadableKey'
}

/**
 * The note form of an Ed25519 public key, `name+id+base64(0x01 || 32 bytes)`: one line that a person can keep and a
 * verifier can be given. Throws RangeError for a key of another kind or a name with white space or a plus sign.
 *
 * Source: https://c2sp.org/signed-note and golang.org/x/mod/sumdb/note.
 */
export function verifierKeyOf(publicKey: KeyObject, name: string): string {
  if (!isKeyName(name)) throw new RangeError(`"${name}" cannot name a key: white space and "+" are not allowed`)
  const raw = rawBytesOf(publicKey)
  return `${name}+${keyId(name, raw)}+${Buffer.concat([Buffer.of(ed25519Type), raw]).toString('base64')}`
}

/** Reads the note form of a verifier key. Throws {@link UnreadableKey} with the reason. */
export function parseVerifierKey(text: string): VerifierKey {
  // Base64 may hold plus signs of its own, so only the first two separate.
  const [, name = '', id, encoded = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/su.exec(text) ?? []
  if (!isKeyName(name)) throw new UnreadableKey('a verifier key has the form name+hash+key')
  const bytes = bytesOfBase64(encoded)
  if (bytes?.[0] !== ed25519Type || bytes.length !== 33)
    throw new UnreadableKey('the verifier key is not an Ed25519 key')
  const raw = bytes.subarray(1)
  if (keyId(name, raw) !== id) throw new UnreadableKey('the hash in the verifier key does not match its name and key')
  return { name, id, publicKey: publicKeyOf(raw) }
}

/**
 * Id of an Ed25519 key in signed notes: the first four bytes of SHA-256(name || 0x0A || 0x01 || public key), as eight
 * hexadecimal digits. `raw` is the public key as the 32 bytes of RFC 8032. Source: https://c2sp.org/signed-note.
 */
export function keyId(name: string, raw: Uint8Array): string {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(ed25519Type)).update(raw)
  return hash.digest('hex').slice(0, 8)
}

/** The 32 bytes of RFC 8032 of an Ed25519 key, public or private. Throws RangeError for a key of another kind. */
export function rawBytesOf(key: KeyObject): Buffer {
  if (key.asymmetricKeyType !== 'ed25519') throw new RangeError('only Ed25519 keys sign notes')
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
}

/** Whether a signed note can carry the name: not empty, no Unicode white space, no plus sign, no control character. */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^\p{White_Space}\p{Cc}+]+$/u.test(name)
}

function publicKeyOf(raw: Buffer): KeyObject {
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') } })
  } catch {
    throw new UnreadableKey('the verifier key is not an Ed25519 key')
  }
}
