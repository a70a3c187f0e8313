import { hash } from 'node:crypto'

const scratch = Buffer.allocUnsafeSlow(64 * 1024)
// The leaf prefix of RFC 6962 stands at the front for good; texts are written behind it.
scratch[0] = 0x00

/** A UTF-16 code unit never takes more than three bytes of UTF-8. */
const longestInScratch = Math.floor((scratch.length - 1) / 3)

/**
 * Leaf hash of a record's text: SHA-256(0x00 || UTF-8 of `text`), as base64url without padding (43 characters).
 * The prefix keeps a leaf from passing for an inner node.
 *
 * Source: RFC 9162 section 2.1.1 (the same as RFC 6962 section 2.1).
 */
export function leafHash(text: string): string {
  // Every record written or loaded comes through here: one buffer for all is about a tenth faster than concatenating.
  if (text.length > longestInScratch) return hash('sha256', `\0${text}`, 'base64url')
  const written = scratch.write(text, 1, 'utf8')
  return hash('sha256', scratch.subarray(0, written + 1), 'base64url')
}
