import type { BookId, Revision } from '../../kernel/book.ts'
import { type Checkpoint, originOf, parseCheckpoint } from './checkpoint.ts'
import type { Finding, FindingKind } from './finding.ts'
import { isReceipt, type Receipt } from './receipt.ts'
import { isSignedBy, UnreadableNote } from './signed-note.ts'
import { parseVerifierKey, UnreadableKey, type VerifierKey } from './verifier-key.ts'

/** What was kept outside the book, to hold it against. */
export interface Against {
  /** Checkpoints as texts of notes. */
  readonly checkpoints?: readonly string[]
  readonly receipts?: readonly Receipt[]
  /** The server's key in its note form. Without it no signature is checked, and a checkpoint is worth what its keeper is. */
  readonly verifierKey?: string
}

/** The usable part of what was kept, and what was wrong with the rest. */
export interface Evidence {
  /** Of this book, and signed if there was a key to check it with. */
  readonly checkpoints: readonly Checkpoint[]
  /** Of this book, each with its own usable checkpoint, which covers it. */
  readonly receipts: readonly { readonly receipt: Receipt; readonly checkpoint: Checkpoint }[]
  /** Of the kinds `unreadable`, `bad-signature` and `misplaced`. */
  readonly findings: readonly Finding[]
}

/** Reads what was kept. Never throws. */
export function evidenceFor(id: BookId, against: Against): Evidence {
  const checkpoints = new Map<string, Checkpoint>()
  const receipts: { receipt: Receipt; checkpoint: Checkpoint }[] = []
  const findings: Finding[] = []
  const finding = (kind: FindingKind, revision: Revision, message: string) => findings.push({ kind, revision, message })
  const key = keyFrom(against.verifierKey)
  if (typeof key === 'string')
    finding('unreadable', 0, `The verifier key cannot be read: ${key}. No signature was checked.`)

  const use = (text: string, revision: Revision, whose: string): Checkpoint | undefined => {
    const known = checkpoints.get(text)
    if (known !== undefined) return known
    const checked = checkedCheckpoint(id, text, typeof key === 'string' ? undefined : key)
    if ('kind' in checked) {
      finding(checked.kind, revision, `${whose} ${checked.message}`)
      return undefined
    }
    checkpoints.set(text, checked)
    return checked
  }

  for (const [i, text] of (against.checkpoints ?? []).entries()) use(text, 0, `Checkpoint ${i + 1}`)
  for (const [i, receipt] of (against.receipts ?? []).entries()) {
    const whose = `Receipt ${i + 1}`
    if (!isReceipt(receipt)) {
      finding('unreadable', 0, `${whose} is not a receipt.`)
      continue
    }
    const { revision } = receipt
    if (receipt.community !== id.community || receipt.book !== id.book) {
      finding('misplaced', revision, `${whose} is of the ${receipt.book} book of ${receipt.community}.`)
      continue
    }
    const checkpoint = use(receipt.checkpoint, revision, `The checkpoint of receipt ${i + 1}`)
    if (checkpoint === undefined) continue
    if (checkpoint.size > revision) receipts.push({ receipt, checkpoint })
    else
      finding(
        'misplaced',
        revision,
        `${whose} has a checkpoint of ${checkpoint.size} records, which does not cover revision ${revision}.`,
      )
  }
  return { checkpoints: [...checkpoints.values()], receipts, findings }
}

function checkedCheckpoint(
  id: BookId,
  text: string,
  key: VerifierKey | undefined,
): Checkpoint | { kind: FindingKind; message: string } {
  try {
    const { note, ...checkpoint } = parseCheckpoint(text)
    if (key !== undefined && !isSignedBy(note, key)) {
      return { kind: 'bad-signature', message: `is not signed by ${key.name}, so it proves nothing.` }
    }
    if (checkpoint.origin !== originOf(id)) {
      return { kind: 'misplaced', message: `is of ${checkpoint.origin}, not of ${originOf(id)}.` }
    }
    return checkpoint
  } catch (error) {
    if (error instanceof UnreadableNote) return { kind: 'unreadable', message: `cannot be read: ${error.message}.` }
    throw error
  }
}

/** The key, `undefined` if none was given, or the reason why it cannot be read. */
function keyFrom(text: string | undefined): VerifierKey | string | undefined {
  try {
    return text === undefined ? undefined : parseVerifierKey(text)
  } catch (error) {
    if (error instanceof UnreadableKey) return error.message
    throw error
  }
}
