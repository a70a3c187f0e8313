import { generateKeyPairSync } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { BookId } from '../../../src/kernel/book.ts'
import type { LedgerRecord } from '../../../src/ledger/port.ts'
import { originOf, signCheckpoint } from '../../../src/ledger/proofs/checkpoint.ts'
import { leafHash } from '../../../src/ledger/proofs/leaf.ts'
import { MerkleTree } from '../../../src/ledger/proofs/merkle-tree.ts'
import type { Receipt } from '../../../src/ledger/proofs/receipt.ts'
import { noteSigner } from '../../../src/ledger/proofs/signed-note.ts'
import { verifierKeyOf } from '../../../src/ledger/proofs/verifier-key.ts'

export const id: BookId = { community: 'hearth', book: 'open' }

const keys = generateKeyPairSync('ed25519')
export const signer = noteSigner('hearth.example', keys.privateKey)
export const verifierKey = verifierKeyOf(keys.publicKey, 'hearth.example')

/** Fields to put into the envelope of a revision, over what the book would hold there. */
export type Fields = Readonly<Record<string, unknown>>

/** A sound book of `length` records; `fieldsOf` makes another sound one, with other contents. */
export function bookOf(length: number, fieldsOf: (revision: number) => Fields = () => ({})): LedgerRecord[] {
  const records: LedgerRecord[] = []
  for (let revision = 0; revision < length; revision++) {
    records.push(recordAfter(records.at(-1), { revision, id: `id-${revision}`, ...fieldsOf(revision) }))
  }
  return records
}

/** A sound record that follows `before`. */
export function recordAfter(
  before: LedgerRecord | undefined,
  fields: Fields & { id: string; revision: number },
): LedgerRecord {
  const { id: eventId, revision } = fields
  return stored(revision, eventId, {
    ...id,
    type: 'GatheringHosted',
    data: { words: `What was said at ${revision}: "welcome" – ça va?`, hours: 1.5 },
    recordedAt: new Date(Date.UTC(2025, 2, 1, 12, revision)).toISOString(),
    previous: before?.hash ?? null,
    ...fields,
  })
}

/** The record with other fields in its text, and the hash stored beside it made to fit. */
export function edited(record: LedgerRecord, fields: Fields): LedgerRecord {
  return stored(record.revision, record.id, { ...JSON.parse(record.text), ...fields })
}

function stored(revision: number, eventId: string, envelope: object): LedgerRecord {
  const text = canonicalize(envelope) ?? ''
  return { revision, id: eventId, hash: leafHash(text), text }
}

/** The columns counted on from 0 in the order given, as somebody would who wants to hide a change of order. */
export function renumbered(records: readonly LedgerRecord[]): LedgerRecord[] {
  return records.map((record, revision) => ({ ...record, revision }))
}

export function treeOf(records: readonly LedgerRecord[]): MerkleTree {
  const tree = new MerkleTree()
  for (const { hash } of records) tree.append(hash)
  return tree
}

/** A checkpoint of the first `size` records, as the server would have signed it. */
export function checkpointOf(records: readonly LedgerRecord[], size = records.length): string {
  return signCheckpoint({ origin: originOf(id), size, root: treeOf(records).rootAt(size) }, signer)
}

/** The receipt for a revision, with a checkpoint of the first `size` records. */
export function receiptFor(records: readonly LedgerRecord[], revision: number, size = revision + 1): Receipt {
  return { ...id, revision, hash: records[revision]?.hash ?? '', checkpoint: checkpointOf(records, size) }
}
