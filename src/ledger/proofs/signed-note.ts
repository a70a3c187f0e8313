import { type KeyObject, sign, verify } from 'node:crypto'
import { bytesOfBase64 } from './base64.ts'
import { isKeyName, keyId, rawBytesOf, type VerifierKey } from './verifier-key.ts'

/** What signs notes; make it once with {@link noteSigner}, the key's id is then at hand for every note. */
export interface NoteSigner {
  readonly name: string
  /** As in a verifier key: eight hexadecimal digits. */
  readonly id: string
  /** Ed25519. */
  readonly privateKey: KeyObject
}

/** One signature line of a note. */
export interface NoteSignature {
  readonly name: string
  readonly id: string
  readonly signature: Buffer
}

/** A note that was read, not verified. */
export interface Note {
  /** The signed text, its last newline included. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A text that is not a signed note, or not one of the expected kind. */
export class UnreadableNote extends Error {
  override readonly name = 'UnreadableNote'
}

/** More than anybody signs a note with; keeps a made-up note from costing its reader time. */
const mostSignatures = 100

/** A signer under `name`. Throws RangeError if the key is not an Ed25519 private key or the name cannot be in a note. */
export function noteSigner(name: string, privateKey: KeyObject): NoteSigner {
  if (!isKeyName(name)) throw new RangeError(`"${name}" cannot name a key: white space and "+" are not allowed`)
  if (privateKey.type !== 'private') throw new RangeError('a signer needs a private key')
  return { name, id: keyId(name, rawBytesOf(privateKey)), privateKey }
}

/**
 * The note of `text` (which ends in a newline) with one signature. The same text and signer give the same bytes:
 * Ed25519 is deterministic (RFC 8032) and a note carries no time. Source: https://c2sp.org/signed-note.
 */
export function signNote(text: string, signer: NoteSigner): string {
  if (!isNoteText(text))
    throw new RangeError('a note is well-formed text without control characters, ended by a newline')
  const signature = sign(null, Buffer.from(text), signer.privateKey)
  const line = Buffer.concat([Buffer.from(signer.id, 'hex'), signature]).toString('base64')
  return `${text}\n— ${signer.name} ${line}\n`
}

/** Reads a signed note. Throws {@link UnreadableNote} with the reason. Nothing in it is to be believed yet. */
export function parseNote(note: string): Note {
  if (!isNoteText(note)) throw new UnreadableNote('the note is not text, or not ended by a newline')
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0) throw new UnreadableNote('the note has no blank line before its signatures')
  const lines = note.slice(blank + 2, -1).split('\n')
  if (lines.length > mostSignatures) throw new UnreadableNote('the note has too many signatures')
  return { text: note.slice(0, blank + 1), signatures: lines.map(parseSignature) }
}

/**
 * Whether the holder of the key signed the note: at least one signature names the key by name and id, and every one
 * that does is right. Signatures of other keys are ignored, as the specification asks.
 */
export function isSignedBy(note: Note, key: VerifierKey): boolean {
  const own = note.signatures.filter(({ name, id }) => name === key.name && id === key.id)
  const text = Buffer.from(note.text)
  return own.length > 0 && own.every(({ signature }) => verify(null, text, key.publicKey, signature))
}

function parseSignature(line: string): NoteSignature {
  const [, name = '', encoded = ''] = /^— ([^ ]+) ([^ ]+)$/u.exec(line) ?? []
  const bytes = bytesOfBase64(encoded)
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5) {
    throw new UnreadableNote('a signature line is not of the form "— name base64"')
  }
  return { name, id: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) }
}

function isNoteText(text: string): boolean {
  // Of the ASCII control characters, a note may hold the newline only.
  return typeof text === 'string' && text.isWellFormed() && /^[\n\u0020-\u{10FFFF}]*\n$/u.test(text)
}
