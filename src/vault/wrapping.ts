import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const TAG_LENGTH = { authTagLength: TAG_BYTES }

/** What a wrapped secret is and whose: it opens only under the same label, so a row cannot be passed off as another. */
export type WrapLabel = readonly [kind: string, ...whose: string[]]

/** A stored secret does not open under the master key: its row was altered, moved or damaged. */
export class DamagedSecret extends Error {
  override readonly name = 'DamagedSecret'
  constructor(label: WrapLabel) {
    super(`the vault's ${label.join(' ')} does not open: its row was altered or damaged; restore the vault's backup`)
  }
}

/** Wraps a secret with AES-256-GCM under the master key: 12-byte random nonce, ciphertext, 16-byte tag. */
export function wrap(masterKey: KeyObject, label: WrapLabel, secret: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, masterKey, nonce, TAG_LENGTH)
  cipher.setAAD(labelBytes(label))
  const body = cipher.update(secret)
  cipher.final()
  return Buffer.concat([nonce, body, cipher.getAuthTag()])
}

/**
 * The secret that was wrapped, in a buffer of the caller's own, to be overwritten after use.
 *
 * @throws DamagedSecret where it does not authenticate.
 */
export function unwrap(masterKey: KeyObject, label: WrapLabel, wrapped: Uint8Array): Buffer {
  const end = wrapped.length - TAG_BYTES
  if (end < NONCE_BYTES) throw new DamagedSecret(label)
  const decipher = createDecipheriv(CIPHER, masterKey, wrapped.subarray(0, NONCE_BYTES), TAG_LENGTH)
  decipher.setAAD(labelBytes(label))
  decipher.setAuthTag(wrapped.subarray(end))
  const secret = decipher.update(wrapped.subarray(NONCE_BYTES, end))
  try {
    decipher.final()
  } catch {
    secret.fill(0)
    throw new DamagedSecret(label)
  }
  return secret
}

function labelBytes(label: WrapLabel): Buffer {
  return Buffer.from(JSON.stringify(label))
}
