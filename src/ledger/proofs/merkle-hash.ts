import { hash } from 'node:crypto'

/** Bytes of a SHA-256 hash. */
export const hashBytes = 32

/** Root of the tree without leaves, SHA-256 of nothing, base64url (RFC 9162 section 2.1.1). */
export const emptyRoot = hash('sha256', '', 'base64url')

const scratch = Buffer.allocUnsafeSlow(1 + 2 * hashBytes)
// The prefix of inner nodes, RFC 9162 section 2.1.1.
scratch[0] = 0x01

/** Writes the hash of the inner node over `left` and `right` (32 bytes each) into `target` at byte `offset`. */
export function writeNodeHash(left: Uint8Array, right: Uint8Array, target: Buffer, offset: number): void {
  scratch.set(left, 1)
  scratch.set(right, 1 + hashBytes)
  // A digest taken as Latin-1 text is one character a byte, and several times faster than one taken as a buffer.
  target.write(hash('sha256', scratch, 'binary'), offset, 'latin1')
}

/** Hash of the inner node over `left` and `right`: SHA-256(0x01 || left || right), RFC 9162 section 2.1.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  const node = Buffer.allocUnsafe(hashBytes)
  writeNodeHash(left, right, node, 0)
  return node
}

/**
 * The 32 bytes of a hash given as base64url without padding, or `undefined` where the text is not exactly that.
 * Two texts never stand for the same hash: spare bits must be zero.
 */
export function hashFromText(text: string): Buffer | undefined {
  if (typeof text !== 'string' || text.length !== 43) return undefined
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === hashBytes && bytes.toString('base64url') === text ? bytes : undefined
}
