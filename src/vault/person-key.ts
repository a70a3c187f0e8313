import { createSecretKey, randomBytes } from 'node:crypto'
import type { PersonKey } from './port.ts'

/** Bytes of a person's key material: the AES-256 key followed by the nonce secret. */
export const KEY_MATERIAL_BYTES = 64

const KID_BYTES = 16

/** Fresh random id of a key. */
export function makeKid(): string {
  return randomBytes(KID_BYTES).toString('base64url')
}

/** Fresh random key material. */
export function makeKeyMaterial(): Buffer {
  return randomBytes(KEY_MATERIAL_BYTES)
}

/**
 * The key made of stored material. The material is copied into key objects and then overwritten with zeros.
 *
 * @throws RangeError where the material has another length than {@link KEY_MATERIAL_BYTES}.
 */
export function personKeyFrom(kid: string, personId: string, material: Buffer): PersonKey {
  if (material.length !== KEY_MATERIAL_BYTES) throw new RangeError(`key material has ${material.length} bytes`)
  const half = KEY_MATERIAL_BYTES / 2
  const key = createSecretKey(material.subarray(0, half))
  const nonceSecret = createSecretKey(material.subarray(half))
  material.fill(0)
  return { kid, personId, key, nonceSecret }
}
