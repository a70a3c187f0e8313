import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'

/**
 * RFC 8785 canonical JSON: one text per value, so that equal records have equal bytes. The RFC writes strings and numbers
 * as ECMAScript does, so all that is left is the order of names; doing that and no more takes a third of the library's
 * time, and every record comes through here. A test holds the two to each other.
 * @throws TypeError or Error for what JSON cannot say: no form at all, numbers beyond a double, lone surrogates.
 */
export function canonicalText(value: unknown): string {
  const sorted = inOrder(value)
  const text = sorted === UNORDERABLE ? canonicalize(value) : JSON.stringify(sorted)
  if (text === undefined) throw new TypeError('a value without a JSON form has no canonical text')
  return text
}

/** SHA-256 of a value's canonical text, base64url. */
export function canonicalHash(value: unknown): string {
  return hash('sha256', canonicalText(value), 'base64url')
}

// An object puts names that read as array indices first, in whatever order they are set: those are left to the library.
const UNORDERABLE = Symbol('has a name that reads as an index')
const INDEX = /^\d/

function inOrder(value: unknown): unknown {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form')
    return value
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map(inOrder)
    return items.includes(UNORDERABLE) ? UNORDERABLE : items
  }
  const source = value as Record<string, unknown>
  const names = Object.keys(source)
  if (!isSorted(names)) return reordered(source, names.sort())
  // Most of a record is in order already, and then nothing has to be made.
  for (const name of names) {
    const inner = innerOf(source, name)
    if (inner !== source[name]) return inner === UNORDERABLE ? UNORDERABLE : reordered(source, names)
  }
  return source
}

function reordered(source: Record<string, unknown>, names: readonly string[]): unknown {
  const result: Record<string, unknown> = {}
  for (const name of names) {
    const inner = innerOf(source, name)
    if (inner === UNORDERABLE) return UNORDERABLE
    result[name] = inner
  }
  return result
}

function innerOf(source: Record<string, unknown>, name: string): unknown {
  return INDEX.test(name) || name === '__proto__' ? UNORDERABLE : inOrder(source[name])
}

function isSorted(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i += 1) if ((names[i - 1] as string) > (names[i] as string)) return false
  return true
}
