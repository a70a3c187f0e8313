import { OfflineBook } from '../../engine/offline-book.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Registry } from '../../kernel/registry.ts'
import type { LedgerRecord } from '../../ledger/port.ts'
import { MerkleTree } from '../../ledger/proofs/merkle-tree.ts'
import { CliError, EXIT } from '../exits.ts'
import { type CarriedRecord, PACKET_FORMAT, type PacketHeader } from './packet-file.ts'

/** What somebody asks a packet for. */
export interface PacketRequest {
  readonly community: string
  readonly from: string
  readonly through: string
  /** Ids, or names of what has no person behind it: names of people are sealed. */
  readonly people: readonly string[]
  readonly roles: readonly string[]
  readonly circles: readonly string[]
  readonly dates: readonly string[]
}

interface Concerning {
  readonly people: readonly string[]
  readonly roles: readonly string[]
  readonly circles: readonly string[]
  readonly events: readonly { readonly revision: number }[]
}

/**
 * Finds, in a whole book, the records a packet carries: all that an answer about its people, roles and circles can rest
 * on, with the first record and the last one of the book, each with the proof that it is in it.
 */
export async function gather(
  request: PacketRequest,
  book: readonly LedgerRecord[],
  registry: Registry,
): Promise<{ readonly header: PacketHeader; readonly records: readonly CarriedRecord[] }> {
  const { community, from, through, people, roles, circles, dates } = request
  const scope = { person: people, role: roles, circle: circles }
  const answer = await new OfflineBook(community, registry, book).ask('concerning', scope)
  if (isRefusal(answer)) throw new CliError(`${answer.code}: ${answer.message}`, EXIT.notFound)
  const found = answer as unknown as Concerning
  const tree = new MerkleTree()
  for (const { hash } of book) tree.append(hash)
  const revisions = new Set([...found.events.map(({ revision }) => revision), book.length - 1])
  return {
    header: {
      format: PACKET_FORMAT,
      community,
      from,
      through,
      people: [...found.people],
      roles: [...found.roles],
      circles: [...found.circles],
      dates: [...dates],
      size: book.length,
      root: tree.rootAt(),
    },
    records: book
      .filter(({ revision }) => revisions.has(revision))
      .map((record) => ({ record, proof: tree.inclusionProof(record.revision) })),
  }
}
