import { refuse } from '../kernel/refusal.ts'
import { RefusedRequest } from './problems.ts'

const MAX_DEPTH = 16
const MAX_NAMES = 256

/**
 * Reads a JSON body, refusing what would later have no canonical text or read as something else: nesting deeper than 16,
 * lone surrogates, numbers beyond a double, keys that reach an object's prototype, and more keys in one object than any
 * form has: each would get a finding of its own.
 * @throws RefusedRequest saying what to change.
 */
export function parseBody(bytes: Uint8Array): unknown {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw bad('', 'is not JSON in UTF-8')
  }
  check(value, '', 1)
  return value
}

function check(value: unknown, pointer: string, depth: number): void {
  if (typeof value === 'string' && !value.isWellFormed())
    throw bad(pointer, 'has a lone surrogate: send well-formed Unicode')
  if (typeof value === 'number' && !Number.isFinite(value)) throw bad(pointer, 'is a number too large to be kept')
  if (typeof value !== 'object' || value === null) return
  if (depth > MAX_DEPTH) throw bad('', `is nested deeper than ${MAX_DEPTH} levels`)
  const entries = Object.entries(value)
  if (!Array.isArray(value) && entries.length > MAX_NAMES) throw bad(pointer, `has more than ${MAX_NAMES} fields`)
  for (const [key, inner] of entries) {
    if (key === '__proto__' || !key.isWellFormed()) throw bad(pointer, 'has a key that is not allowed')
    check(inner, `${pointer}/${key}`, depth + 1)
  }
}

function bad(pointer: string, rule: string): RefusedRequest {
  const message = `${pointer === '' ? 'The body' : pointer} ${rule}.`
  return new RefusedRequest(refuse('VALIDATION_FAILED', { pointer, facts: { findings: [{ pointer, rule }] }, message }))
}
