import { createHash } from 'node:crypto'
import type { CheckedFile, FileRow } from './rows.ts'

const ROWS = 500
// The API takes 1 MiB a batch; the rest is for the frame around the rows.
const BYTES = 900_000

/** What is sent as one command. */
export interface Batch {
  readonly number: number
  readonly rows: readonly FileRow[]
}

/** Cuts rows into batches, the same for the same rows. */
export function batchesOf(rows: readonly FileRow[]): readonly Batch[] {
  const batches: Batch[] = []
  let current: FileRow[] = []
  let bytes = 0
  const flush = () => {
    if (current.length > 0) batches.push({ number: batches.length, rows: current })
    current = []
    bytes = 0
  }
  for (const each of rows) {
    const size = Buffer.byteLength(JSON.stringify(each.row)) + 1
    if (current.length === ROWS || bytes + size > BYTES) flush()
    current.push(each)
    bytes += size
  }
  flush()
  return batches
}

/**
 * Names what is imported: the hash of the file, or, where its rows are not taken as they are, of the file and of what
 * was made of them. The same import run again is the same acts, and another one never is.
 */
export function importHash(
  file: CheckedFile,
  changes: { readonly map?: unknown; readonly basis?: string | undefined },
): string {
  const { map, basis } = changes
  if (map === undefined && basis === undefined && file.bad.size === 0) return file.hash
  const skipped = [...file.bad].sort((a, b) => a - b)
  return createHash('sha256')
    .update(JSON.stringify([file.hash, map ?? null, basis ?? null, skipped]))
    .digest('hex')
}

/** The id of the nth try of an import: a withdrawn one can only be made again under another id. */
export function importIdOf(hash: string, n: number): string {
  return `${hash.slice(0, 16)}-${n}`
}

/** The Idempotency-Key of a batch. */
export function batchKey(hash: string, n: number, batch: number): string {
  return `import:${hash.slice(0, 32)}:${n === 1 ? '' : `${n}:`}${batch}`
}
