import { type Expected, type LedgerRecord, type NonEmpty, RecordTooLarge, RevisionConflict } from './port.ts'

/** Largest record, in bytes of UTF-8: what the smallest of the stores takes. */
const MAX_BYTES = 1024 * 1024

/** What is wrong with an append before any store is asked: a gap in its revisions, or a record that is too large. */
export function faultOf(expected: Expected, records: NonEmpty<LedgerRecord>): Error | undefined {
  let revision = expected === 'empty' ? 0 : expected + 1
  for (const record of records) {
    if (record.revision !== revision++) return new RangeError(`records must follow ${expected} without a gap`)
    // No UTF-16 unit takes more than three bytes.
    if (record.text.length * 3 <= MAX_BYTES) continue
    const bytes = Buffer.byteLength(record.text)
    if (bytes > MAX_BYTES) return new RecordTooLarge(bytes, MAX_BYTES)
  }
  return undefined
}

/** The refusal of an append with an id that is already taken. */
export function idTaken(expected: Expected): RevisionConflict {
  const conflict = new RevisionConflict(expected, expected)
  conflict.message = 'the id of a record is already in the store, at another place'
  return conflict
}
