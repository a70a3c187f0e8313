import type { Revision } from '../../kernel/book.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Evidence } from './evidence.ts'
import type { Finding } from './finding.ts'
import { hashFromText } from './merkle-hash.ts'
import { MerkleTree } from './merkle-tree.ts'
import type { Receipt } from './receipt.ts'
import { verifyInclusion } from './verify-proof.ts'

/** What the book still knows of how it was written. */
export interface Known {
  /** Revision of its last record + 1. */
  readonly length: number
  /** Leaf hashes by revision; a revision deleted without a trace has none. */
  readonly leaves: ReadonlyMap<Revision, string>
}

/** Holds the book against what was kept outside of it. */
export function evidenceFindings(known: Known, evidence: Evidence): Finding[] {
  const tree = treeOf(known)
  const [holding, broken] = [new Set<number>(), new Set<number>()]
  for (const { size, root } of evidence.checkpoints) {
    if (size <= tree.size) (tree.rootAt(size) === root ? holding : broken).add(size)
  }
  const failing = evidence.receipts.filter(({ receipt }) => {
    return (known.leaves.get(receipt.revision) ?? receipt.hash) !== receipt.hash
  })
  const byReceipt = brokenReceipts(failing, holding)
  // With the receipt's record in place of the one that is there now, its checkpoint holds: all before it is as it was.
  for (const { receipt, checkpoint } of failing) if (fits(tree, receipt, checkpoint)) holding.add(receipt.revision)
  const byRoot = brokenRoots(holding, broken).filter(({ revision }) => revision !== byReceipt[0]?.revision)
  return [...cutOff(known, evidence), ...byRoot, ...byReceipt]
}

function fits(tree: MerkleTree, { hash, revision }: Receipt, { size, root }: Checkpoint): boolean {
  if (size > tree.size) return false
  return verifyInclusion({ leaf: hash, index: revision, size, root, proof: tree.inclusionProof(revision, size) })
}

/** The tree as far as all leaves are known. */
function treeOf({ leaves }: Known): MerkleTree {
  const tree = new MerkleTree()
  for (;;) {
    const leaf = leaves.get(tree.size)
    // What is stored beside a text may be anything.
    if (leaf === undefined || hashFromText(leaf) === undefined) return tree
    tree.append(leaf)
  }
}

function cutOff({ length }: Known, { checkpoints }: Evidence): Finding[] {
  // Receipts are covered by their checkpoints, which are among these.
  const covered = checkpoints.reduce((most, { size }) => Math.max(most, size), 0)
  if (covered <= length) return []
  const end = length === 0 ? 'The book is empty' : `The book ends at revision ${length - 1}`
  return [{ kind: 'cut-off', revision: length, message: `${end}, but a checkpoint covers ${covered} records.` }]
}

/** For each stretch between checkpoints that hold, the earliest one that does not: it narrows the place most. */
function brokenRoots(holding: ReadonlySet<number>, broken: ReadonlySet<number>): Finding[] {
  const found = new Map<Revision, Finding>()
  const held = [...holding].sort((a, b) => a - b)
  for (const size of [...broken].sort((a, b) => a - b)) {
    const from = held.findLast((good) => good < size) ?? 0
    if (found.has(from)) continue
    const where = `The first ${size} records are not those that the checkpoint of ${size} was made from`
    const since = from === 0 ? 'nothing shows from where on' : `those before revision ${from} are`
    const message = `${where}; ${since}. The book was rewritten, or the checkpoint was made from another one.`
    found.set(from, { kind: 'rewritten', revision: from, message })
  }
  return [...found.values()]
}

/** The first receipt that does not hold; those after it follow from it. */
function brokenReceipts(failing: Evidence['receipts'], holding: ReadonlySet<number>): Finding[] {
  const [first] = failing.toSorted((a, b) => a.receipt.revision - b.receipt.revision)
  if (first === undefined) return []
  const { revision } = first.receipt
  const what = `Revision ${revision} is not the record that its receipt was given for`
  const why = holding.has(first.checkpoint.size)
    ? 'the receipt does not agree with its own checkpoint either, so the receipt was changed or was never true'
    : 'it was rewritten after the receipt was given'
  return [{ kind: 'rewritten', revision, message: `${what}: ${why}.` }]
}
