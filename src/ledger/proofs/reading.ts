import canonicalize from 'canonicalize'
import type { Revision } from '../../kernel/book.ts'
import type { LedgerRecord } from '../port.ts'
import { leafHash } from './leaf.ts'

/** What the text of a record says about itself. */
export interface Said {
  readonly community: string
  readonly book: string
  readonly revision: Revision
  readonly id: string
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly recordedAt: number
  readonly previous: string | null
}

/** One record as a verifier reads it: what is stored beside the text, and what the text itself comes to. */
export interface Reading {
  /** Place in the order read, from 0. */
  readonly place: number
  readonly columns: { readonly revision: Revision; readonly id: string; readonly hash: string }
  /** Leaf hash of the text as it is now. */
  readonly hash: string
  /** Whether the text is RFC 8785 canonical JSON. */
  readonly canonical: boolean
  /** `undefined` where the text cannot be read; then `problem` says why. */
  readonly said: Said | undefined
  readonly problem: string
}

/** Reads one record without believing anything. Never throws. */
export function readingOf(record: LedgerRecord, place: number): Reading {
  const { revision, id, hash } = record
  const text = typeof record.text === 'string' ? record.text : ''
  const columns = { revision, id, hash }
  const base = { place, columns, hash: leafHash(text) }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ...base, canonical: false, said: undefined, problem: 'is not JSON' }
  }
  return { ...base, canonical: isCanonical(value, text), ...saidIn(value) }
}

/** Whether the text has the hash stored beside it. */
export function hasStoredHash(reading: Reading): boolean {
  return reading.hash === reading.columns.hash
}

function isCanonical(value: unknown, text: string): boolean {
  try {
    return canonicalize(value) === text
  } catch {
    // Lone surrogates and numbers out of range parse, but have no canonical form.
    return false
  }
}

function saidIn(value: unknown): Pick<Reading, 'said' | 'problem'> {
  if (typeof value !== 'object' || value === null) return { said: undefined, problem: 'is not a JSON object' }
  const fields: Record<string, unknown> = { ...value }
  const { community, book, revision, id, type, recordedAt, previous = null } = fields
  const wrong = (field: string) => ({ said: undefined, problem: `has no valid "${field}"` })
  if (typeof community !== 'string') return wrong('community')
  if (typeof book !== 'string') return wrong('book')
  if (!isRevision(revision)) return wrong('revision')
  if (typeof id !== 'string') return wrong('id')
  if (typeof type !== 'string') return wrong('type')
  const at = typeof recordedAt === 'string' ? Date.parse(recordedAt) : Number.NaN
  if (Number.isNaN(at)) return wrong('recordedAt')
  if (previous !== null && typeof previous !== 'string') return wrong('previous')
  return { said: { community, book, revision, id, recordedAt: at, previous }, problem: '' }
}

/** Whether a value can be the number of a record. */
export function isRevision(value: unknown): value is Revision {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
