import type { BookId, Revision } from '../../kernel/book.ts'
import type { Arrangement, Placed } from './arrangement.ts'
import type { Finding } from './finding.ts'
import { hasStoredHash, type Reading } from './reading.ts'

/** What is wrong with the records themselves, once they stand in their order: texts, links, columns, times. */
export function chainFindings(id: BookId, { chain, findings: order }: Arrangement): Finding[] {
  const findings: Finding[] = []
  const firstOutOfOrder = order.reduce((first, { revision }) => Math.min(first, revision), Number.POSITIVE_INFINITY)
  let before: Placed | undefined
  for (const [i, placed] of chain.entries()) {
    const next = chain[i + 1]
    const after = next?.revision === placed.revision + 1 ? next.reading : undefined
    findings.push(
      ...unreadable(placed),
      ...edited(placed, before, after),
      ...misplaced(id, placed, firstOutOfOrder),
      ...timeWentBack(placed, before),
    )
    before = placed
  }
  return findings
}

/**
 * The leaf hash each revision had when it was written, as far as the book still knows: the link of the record after it,
 * or else the hash stored beside the text. Known for a single deleted record too.
 */
export function knownLeaves({ chain }: Arrangement): Map<Revision, string> {
  const leaves = new Map<Revision, string>()
  for (const { revision, reading } of chain) leaves.set(revision, reading.columns.hash)
  for (const { revision, reading } of chain) {
    const previous = hasStoredHash(reading) ? reading.said?.previous : undefined
    if (revision > 0 && typeof previous === 'string') leaves.set(revision - 1, previous)
  }
  return leaves
}

function unreadable({ revision, reading }: Placed): Finding[] {
  if (reading.said !== undefined) return []
  return [{ kind: 'unreadable', revision, message: `The text of revision ${revision} ${reading.problem}.` }]
}

/** At most one finding for a record, from the strongest evidence there is. */
function edited({ revision, reading }: Placed, before: Placed | undefined, after: Reading | undefined): Finding[] {
  const finding = (message: string): Finding[] => [{ kind: 'edited', revision, message }]
  const { said } = reading
  if (!hasStoredHash(reading)) {
    const beforeToo = before?.revision === revision - 1 && said !== undefined && !follows(reading, before.reading)
    const doubt = beforeToo
      ? ` Its link to revision ${revision - 1} does not hold: that may have been changed too.`
      : ''
    return finding(`The text of revision ${revision} does not have the hash that is stored with it.${doubt}`)
  }
  // A record that was changed itself says nothing about the one before it.
  if (after?.said !== undefined && hasStoredHash(after) && !follows(after, reading)) {
    return finding(`Revision ${revision} is not the record that revision ${revision + 1} was written after.`)
  }
  if (said !== undefined && !reading.canonical) {
    return finding(`The text of revision ${revision} is not in the canonical form that records are written in.`)
  }
  if (revision === 0 && said !== undefined && said.previous !== null) {
    return finding('Revision 0 says that it follows another record.')
  }
  return []
}

function follows(after: Reading, before: Reading): boolean {
  const previous = after.said?.previous
  return previous === before.hash || previous === before.columns.hash
}

/** `firstOutOfOrder`: from there on, columns that count on in the order read are explained by that finding. */
function misplaced(id: BookId, { revision, reading }: Placed, firstOutOfOrder: Revision): Finding[] {
  const { said, columns, place } = reading
  if (said === undefined || !hasStoredHash(reading)) return []
  const explained = columns.revision === place && firstOutOfOrder <= Math.max(said.revision, columns.revision)
  const differing: string[] = []
  if (said.community !== id.community) differing.push(`community ${said.community}, not ${id.community}`)
  if (said.book !== id.book) differing.push(`book ${said.book}, not ${id.book}`)
  if (said.id !== columns.id) differing.push(`id ${said.id}, not ${columns.id}`)
  if (said.revision !== columns.revision && !explained)
    differing.push(`revision ${said.revision}, not ${columns.revision}`)
  if (differing.length === 0) return []
  const message = `The record stored as revision ${columns.revision} says of itself: ${differing.join('; ')}.`
  return [{ kind: 'misplaced', revision, message }]
}

function timeWentBack({ revision, reading }: Placed, before: Placed | undefined): Finding[] {
  const { said } = reading
  const saidBefore = before?.reading.said
  if (before === undefined || said === undefined || saidBefore === undefined) return []
  if (!hasStoredHash(reading) || !hasStoredHash(before.reading) || said.recordedAt >= saidBefore.recordedAt) return []
  const message = `Revision ${revision} says it was recorded before revision ${before.revision}.`
  return [{ kind: 'time-went-back', revision, message }]
}
