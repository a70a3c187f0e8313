import type { Revision } from '../../kernel/book.ts'
import type { Finding } from './finding.ts'
import { hasStoredHash, isRevision, type Reading, type Said } from './reading.ts'

/** A record at the revision it belongs to, whatever the order it was read in and the number stored beside it. */
export interface Placed {
  readonly revision: Revision
  readonly reading: Reading
}

/** The records in the order they were written, one for each revision that is there, and what was wrong with the order. */
export interface Arrangement {
  /** By revision, ascending; a revision that was deleted has none. */
  readonly chain: readonly Placed[]
  /** Of the kinds `inserted`, `deleted` and `reordered`. */
  readonly findings: readonly Finding[]
}

/** Puts records back to where their hashes say they belong, and names what was inserted, deleted and reordered. */
export function arrange(readings: readonly Reading[]): Arrangement {
  const chain: Placed[] = []
  const findings: Finding[] = []
  const groups = Map.groupBy(readings, revisionsOf(readings))
  // From the end, because which of two records is genuine is known from the one that follows.
  let after: Placed | undefined
  for (const [revision, group] of [...groups].sort(([a], [b]) => b - a)) {
    const wanted = after?.revision === revision + 1 ? after.reading.said?.previous : undefined
    const reading = genuineOf(group, wanted)
    if (reading === undefined) continue
    if (group.length > 1) findings.push(insertedAt(revision, group.length))
    after = { revision, reading }
    chain.push(after)
  }
  chain.reverse()
  return { chain, findings: [...findings, ...deletedFrom(chain), ...reorderedIn(chain)] }
}

/**
 * The revision each record belongs to. Its text decides where another record or its own link confirms it, because a
 * text cannot be changed without breaking these, while the column beside it can.
 */
function revisionsOf(readings: readonly Reading[]): (reading: Reading) => Revision {
  const followed = new Set<string | null>()
  const revisionOfHash = new Map<string | null, Revision>()
  for (const { said, hash, columns } of readings) {
    if (said === undefined) continue
    followed.add(said.previous)
    revisionOfHash.set(hash, said.revision)
    revisionOfHash.set(columns.hash, said.revision)
  }
  const isLinked = ({ previous, revision }: Said) =>
    previous === null ? revision === 0 : revisionOfHash.get(previous) === revision - 1
  return (reading) => {
    const { said, columns, hash, place } = reading
    const confirmed = said !== undefined && hasStoredHash(reading) && (followed.has(hash) || isLinked(said))
    if (confirmed) return said.revision
    return isRevision(columns.revision) ? columns.revision : place
  }
}

/** Of several records for one revision, the one that the next record follows; failing that, the first undamaged one. */
function genuineOf(group: readonly Reading[], wanted: string | null | undefined): Reading | undefined {
  return (
    group.find((reading) => reading.hash === wanted) ??
    group.find((reading) => reading.columns.hash === wanted) ??
    group.find((reading) => reading.said !== undefined && hasStoredHash(reading)) ??
    group[0]
  )
}

function insertedAt(revision: Revision, count: number): Finding {
  const message = `There are ${count} records for revision ${revision}, and the chain goes on from one of them: the rest was inserted.`
  return { kind: 'inserted', revision, message }
}

function deletedFrom(chain: readonly Placed[]): Finding[] {
  const findings: Finding[] = []
  let next = 0
  for (const { revision } of chain) {
    if (revision > next) {
      const last = revision - 1
      const what = last === next ? `Revision ${next} is` : `Revisions ${next} to ${last} are`
      findings.push({ kind: 'deleted', revision: next, message: `${what} missing, though later records are there.` })
    }
    next = revision + 1
  }
  return findings
}

/** One finding for each smallest stretch of places that holds its own revisions, but not in their order. */
function reorderedIn(chain: readonly Placed[]): Finding[] {
  const findings: Finding[] = []
  const asRead = chain
    .map(({ revision, reading }, rank) => ({ revision, rank, place: reading.place }))
    .sort((a, b) => a.place - b.place)
  let start = 0
  let highest = 0
  for (const [i, { rank }] of asRead.entries()) {
    highest = Math.max(highest, rank)
    if (highest > i) continue
    const first = chain[start]
    const last = chain[i]
    const stands = asRead[start]
    if (i > start && first && last && stands) {
      const message = `Revisions ${first.revision} to ${last.revision} are not in their order: revision ${stands.revision} stands where revision ${first.revision} belongs.`
      findings.push({ kind: 'reordered', revision: first.revision, message })
    }
    start = i + 1
  }
  return findings
}
