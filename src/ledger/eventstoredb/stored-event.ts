import { createHash } from 'node:crypto'
import type { LedgerRecord, NonEmpty } from '../port.ts'

/** An event as it goes to the store. */
export interface EventToStore {
  /** UUID by which the store recognises a repeated append. */
  readonly id: string
  readonly type: string
  /** The canonical text of the record, byte for byte. */
  readonly data: Uint8Array
  /** The record's own id and hash. */
  readonly metadata: { readonly id: string; readonly hash: string } | undefined
}

/** An event as it comes from the store. */
export interface StoredEvent {
  readonly streamId: string
  readonly id: string
  readonly revision: bigint
  readonly data: unknown
  readonly metadata?: unknown
}

const DEFAULT_TYPE = 'Record'

/**
 * What is stored of a record. Its text travels as bytes, not as JSON: the client would parse it and give back another
 * object, in another order. The store compares ids alone, so the id it gets stands for the record's id and its text:
 * an append of the same ids with other texts, by a second node that decided the same command, is a conflict and no repetition.
 */
export function eventOf({ id, hash, text }: LedgerRecord): EventToStore {
  return { id: uuidOf(`${id} ${hash} ${text}`), type: typeOf(text), data: Buffer.from(text), metadata: { id, hash } }
}

/** The record that an event holds. What somebody else wrote gets a hash that no text has, and does not verify. */
export function recordOf({ id, revision, data, metadata }: StoredEvent): LedgerRecord {
  const own = (typeof metadata === 'object' && metadata !== null ? metadata : {}) as Record<string, unknown>
  return {
    revision: Number(revision),
    id: typeof own.id === 'string' ? own.id : id,
    hash: typeof own.hash === 'string' ? own.hash : '',
    text: data instanceof Uint8Array ? Buffer.from(data).toString('utf8') : JSON.stringify(data ?? null),
  }
}

/** Bytes that a store counts for an append: data, metadata, and two for each letter of a type. */
export function sizeOf(events: NonEmpty<EventToStore>): number {
  let size = 0
  for (const { type, data, metadata } of events)
    size += data.length + JSON.stringify(metadata ?? '').length + type.length * 2
  return size
}

/** A UUID made from a name, the same each time (RFC 9562, version 8). */
export function uuidOf(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** The type of the event inside, so that people who look into the store see it; nothing of ours reads it. */
function typeOf(text: string): string {
  try {
    const { type } = JSON.parse(text) as { readonly type?: unknown }
    return typeof type === 'string' && type !== '' ? type : DEFAULT_TYPE
  } catch {
    return DEFAULT_TYPE
  }
}
