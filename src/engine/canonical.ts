import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** RFC 8785 canonical JSON: one text per value, so that equal records have equal bytes. @throws TypeError for what JSON cannot say. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('a value without a JSON form has no canonical text')
  return text
}

/** SHA-256 of a value's canonical text, base64url. */
export function canonicalHash(value: unknown): string {
  return hash('sha256', canonicalText(value), 'base64url')
}
