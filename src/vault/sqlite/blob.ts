import type { SQLOutputValue } from 'node:sqlite'

/**
 * The bytes of a BLOB column.
 *
 * @throws TypeError where the column holds anything else, which a STRICT table rules out.
 */
export function blobOf(value: SQLOutputValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw new TypeError('the column holds no bytes')
}
