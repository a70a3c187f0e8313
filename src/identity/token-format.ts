import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { CredentialKind } from './port.ts'

/**
 * A token reads `hbk_KIND_IDSECRET_CHECKSUM`, the last two in base62: an id of 22 characters (131 bits), a secret of 32
 * (190 bits), and the CRC-32 of all before it, in 6. The prefix lets secret scanners find a leaked token; the checksum
 * lets a mistyped one be turned away without a look-up. Neither protects anything: the secret does.
 */
const TOKEN = /^hbk_(person|service|operator|session|link)_([0-9A-Za-z]{22})[0-9A-Za-z]{32}_([0-9A-Za-z]{6})$/
const KINDS: ReadonlySet<string> = new Set<CredentialKind>(['person', 'service', 'operator', 'session', 'link'])
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 22
const SECRET_LENGTH = 32
const CHECKSUM_LENGTH = 6

export interface ParsedToken {
  readonly kind: CredentialKind
  readonly id: string
}

/** A fresh token and its id. The text is the only copy of the secret. */
export function makeToken(kind: CredentialKind): { readonly id: string; readonly text: string } {
  const id = randomBase62(ID_LENGTH)
  const body = `hbk_${kind}_${id}${randomBase62(SECRET_LENGTH)}`
  return { id, text: `${body}_${checksum(body)}` }
}

/** Reads a well-formed token; undefined for any other text. Never throws and says nothing about whether it is live. */
export function parseToken(text: string): ParsedToken | undefined {
  const match = TOKEN.exec(text)
  if (!match) return undefined
  const [, kind, id, sum] = match
  if (id === undefined || !isKind(kind) || checksum(text.slice(0, -CHECKSUM_LENGTH - 1)) !== sum) return undefined
  return { kind, id }
}

/** SHA-256 of a token in base64url: all that is kept of it. A fast hash will do, for the secret is random. */
export function hashToken(text: string): string {
  return hash('sha256', text, 'base64url')
}

/** Whether two token hashes are the same, in a time that does not tell how much of them is. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function isKind(text: string | undefined): text is CredentialKind {
  return text !== undefined && KINDS.has(text)
}

function checksum(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    text = ALPHABET.charAt(rest % ALPHABET.length) + text
    rest = Math.floor(rest / ALPHABET.length)
  }
  return text
}

function randomBase62(length: number): string {
  // 248 is the largest multiple of 62 that fits a byte; bytes from there on would make the first characters likelier.
  const limit = 256 - (256 % ALPHABET.length)
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < limit && text.length < length) text += ALPHABET.charAt(byte % ALPHABET.length)
    }
  }
  return text
}
