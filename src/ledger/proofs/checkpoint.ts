import type { BookId } from '../../kernel/book.ts'
import { bytesOfBase64 } from './base64.ts'
import { hashBytes, hashFromText } from './merkle-hash.ts'
import { isSignedBy, type Note, type NoteSigner, parseNote, signNote, UnreadableNote } from './signed-note.ts'
import { parseVerifierKey, type VerifierKey } from './verifier-key.ts'

/** What a server commits itself to: that the first `size` records of a book have this Merkle root. */
export interface Checkpoint {
  /** Names the book, see {@link originOf}. */
  readonly origin: string
  /** Number of records. */
  readonly size: number
  /** Root of the tree over their leaf hashes, base64url without padding. */
  readonly root: string
}

/** A checkpoint that was read, not verified. */
export interface ParsedCheckpoint extends Checkpoint {
  readonly note: Note
}

/**
 * The origin line of a book's checkpoints, `hearthbook.{community}.{book}`. It names no server: a book keeps its origin
 * wherever it is moved to. A book's name has no dot, so two books never share an origin.
 */
export function originOf(id: BookId): string {
  return `hearthbook.${id.community}.${id.book}`
}

/**
 * A signed checkpoint as the text of a note: origin, size, root in standard Base64, blank line, signature. The same
 * checkpoint and signer give the same text. Throws RangeError for an origin, size or root that no note can carry.
 *
 * Source: https://c2sp.org/tlog-checkpoint.
 */
export function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): string {
  const { origin, size, root } = checkpoint
  const hash = hashFromText(root)
  if (origin === '' || origin.includes('\n')) throw new RangeError('an origin is one line that is not empty')
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`${size} is no number of records`)
  if (hash === undefined) throw new RangeError('the root is not a hash')
  return signNote(`${origin}\n${size}\n${hash.toString('base64')}\n`, signer)
}

/**
 * Reads a checkpoint without verifying it: what it says is to be believed only after {@link verifyCheckpoint}.
 * Extension lines are allowed and ignored. Throws {@link UnreadableNote} with the reason.
 */
export function parseCheckpoint(text: string): ParsedCheckpoint {
  const note = parseNote(text)
  const lines = note.text.slice(0, -1).split('\n')
  const [origin = '', size = '', root = ''] = lines
  if (lines.length < 3 || lines.includes(''))
    throw new UnreadableNote('a checkpoint has three lines: origin, size, root')
  if (!/^(?:0|[1-9][0-9]*)$/u.test(size) || !Number.isSafeInteger(Number(size))) {
    throw new UnreadableNote('the size of the checkpoint is not a whole number')
  }
  const hash = bytesOfBase64(root)
  if (hash?.length !== hashBytes) throw new UnreadableNote('the root of the checkpoint is not a hash in Base64')
  return { origin, size: Number(size), root: hash.toString('base64url'), note }
}

/**
 * The checkpoint in `text` if the holder of the verifier key signed it, otherwise (not signed by that key, not a
 * checkpoint) `undefined`. Does not look at the origin: compare it with {@link originOf}.
 * Throws `UnreadableKey` if the verifier key is not one.
 */
export function verifyCheckpoint(text: string, verifierKey: string | VerifierKey): Checkpoint | undefined {
  const key = typeof verifierKey === 'string' ? parseVerifierKey(verifierKey) : verifierKey
  try {
    const { origin, size, root, note } = parseCheckpoint(text)
    return isSignedBy(note, key) ? { origin, size, root } : undefined
  } catch (error) {
    if (error instanceof UnreadableNote) return undefined
    throw error
  }
}
