import type { Registry } from '../../kernel/registry.ts'
import { parseCheckpoint } from '../../ledger/proofs/checkpoint.ts'
import type { Against } from '../../ledger/proofs/evidence.ts'
import { evidenceFor } from '../../ledger/proofs/evidence.ts'
import { readingOf } from '../../ledger/proofs/reading.ts'
import { verifyInclusion } from '../../ledger/proofs/verify-proof.ts'
import { composePacket } from './compose.ts'
import { type CarriedRecord, digestLine, type Packet, type PacketHeader } from './packet-file.ts'

/** Checks a packet by itself, and against what somebody kept. @returns what is wrong, in words; empty where nothing is. */
export async function verifyPacket(packet: Packet, registry: Registry, against: Against): Promise<readonly string[]> {
  const { header, records } = packet
  const findings = [...recordFindings(header, records), ...keptFindings(header, records, against)]
  // A text made of changed records would differ from the first line on, and say nothing more.
  if (findings.length > 0) return findings
  return textFindings(packet, await composePacket(header, records, registry))
}

function recordFindings({ size, root, community }: PacketHeader, records: readonly CarriedRecord[]): readonly string[] {
  const findings: string[] = []
  let before: CarriedRecord | undefined
  for (const [place, each] of records.entries()) {
    const { record, proof } = each
    const reading = readingOf(record, place)
    const name = nameOf(each)
    if (reading.hash !== record.hash) findings.push(`edited: ${name} does not have the hash that stands beside it.`)
    else if (reading.said === undefined) findings.push(`unreadable: ${name} ${reading.problem}.`)
    else if (!verifyInclusion({ leaf: reading.hash, index: record.revision, size, root, proof }))
      findings.push(`edited: ${name} is not the record that the book of this root has there.`)
    else if (reading.said.community !== community || reading.said.book !== 'open')
      findings.push(`misplaced: ${name} is of another book.`)
    if (before && before.record.revision >= record.revision)
      findings.push(`reordered: ${name} stands after a later one.`)
    before = each
  }
  if (before?.record.revision !== size - 1) findings.push('cut off: the last record of the book is not carried.')
  return findings
}

/** A record by its place, type and id, as far as its text still says. */
function nameOf({ record }: CarriedRecord): string {
  const type = /"type":"(\w+)"/.exec(record.text)?.[1] ?? 'a record'
  return `revision ${record.revision} (${type}, ${record.id})`
}

function keptFindings(
  { community, size, root }: PacketHeader,
  records: readonly CarriedRecord[],
  against: Against,
): readonly string[] {
  const { checkpoints, receipts, findings } = evidenceFor({ community, book: 'open' }, against)
  const found = findings.map(({ kind, message }) => `${kind}: ${message}`)
  for (const checkpoint of checkpoints)
    if (checkpoint.size === size && checkpoint.root !== root)
      found.push(`rewritten: a checkpoint of ${size} records that was kept has another root.`)
  for (const { receipt } of receipts) {
    const carried = records.find(({ record }) => record.revision === receipt.revision)
    if (carried && carried.record.hash !== receipt.hash)
      found.push(`rewritten: ${nameOf(carried)} is not the record a receipt was given for.`)
  }
  return found
}

/** How much of what was kept says nothing about a packet: checkpoints of another size, receipts of what it does not carry. */
export function unheld({ header: { size }, records }: Packet, { checkpoints = [], receipts = [] }: Against): number {
  const others = checkpoints.filter((text) => {
    try {
      return parseCheckpoint(text).size !== size
    } catch {
      return false
    }
  })
  const carried = new Set(records.map(({ record }) => record.revision))
  return others.length + receipts.filter(({ revision }) => !carried.has(revision)).length
}

/** In what the text differs from the one its records make. */
export function textFindings({ reproducible }: Packet, made: string): readonly string[] {
  if (reproducible === made) return []
  const [has, should] = [reproducible, made].map((text) => text.split('\n'))
  const line = (should ?? []).findIndex((each, i) => each !== has?.[i])
  const at = line < 0 ? (should?.length ?? 0) : line
  const digest = digestLine(reproducible.slice(0, reproducible.lastIndexOf('sha256 of everything above: ')))
  return [
    `edited: line ${at + 1} reads “${has?.[at] ?? ''}”; what the records make of it is “${should?.[at] ?? ''}”.`,
    ...(reproducible.endsWith(digest) ? [] : ['edited: the digest at its end is not that of the text.']),
  ]
}
