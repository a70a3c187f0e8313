import { hash } from 'node:crypto'
import { z } from 'zod'
import type { LedgerRecord } from '../../ledger/port.ts'
import { CliError, EXIT } from '../exits.ts'

export const PACKET_FORMAT = 'hearthbook-packet-1'
export const BEGIN_DATA = '-----BEGIN HEARTHBOOK PACKET DATA-----'
export const END_DATA = '-----END HEARTHBOOK PACKET DATA-----'
export const BEGIN_ATTACHMENTS = '-----BEGIN HEARTHBOOK ATTACHMENTS-----'

const text = z.string()

/** What a packet was made with: with the same, and the same records, it is the same text. */
export const packetHeader = z.strictObject({
  format: z.literal(PACKET_FORMAT),
  community: text,
  from: text,
  through: text,
  people: z.array(text),
  roles: z.array(text),
  circles: z.array(text),
  /** Days and moments at which the roster is told. */
  dates: z.array(text),
  /** How many records the book had. */
  size: z.int().min(1),
  /** Merkle root over them, base64url. */
  root: text,
})
export type PacketHeader = z.output<typeof packetHeader>

const carried = z.strictObject({ hash: text, proof: z.array(text), text })

/** A record that a packet carries, with the proof that it is one of the book's. */
export interface CarriedRecord {
  readonly record: LedgerRecord
  readonly proof: readonly string[]
}

export interface Packet {
  readonly header: PacketHeader
  readonly records: readonly CarriedRecord[]
  /** The part that anybody with the book can make again, byte for byte. */
  readonly reproducible: string
  /** What was put beside it: nothing of it is proven by the rest. */
  readonly attachments: readonly string[]
}

/** The last line of what can be made again, over all before it. */
export function digestLine(before: string): string {
  return `sha256 of everything above: ${hash('sha256', before, 'hex')}\n`
}

export function recordLine({ record, proof }: CarriedRecord): string {
  return JSON.stringify({ hash: record.hash, proof, text: record.text })
}

/** Reads a packet. Nothing in it is to be believed yet. @throws CliError where it is none. */
export function parsePacket(file: string, name: string): Packet {
  const noPacket = (why: string) => new CliError(`${name} is not a record packet of Hearthbook: ${why}.`, EXIT.usage)
  const lines = file.split('\n')
  const [begin, end] = [lines.indexOf(BEGIN_DATA), lines.indexOf(END_DATA)]
  if (begin < 0 || end < begin + 2) throw noPacket('it has no data')
  const header = packetHeader.safeParse(jsonOf(lines[begin + 1] ?? ''))
  if (!header.success) throw noPacket('the first line of its data does not say what it was made with')
  const records = lines.slice(begin + 2, end).map((line, i) => {
    const parsed = carried.safeParse(jsonOf(line))
    if (!parsed.success) throw new CliError(`${name}:${begin + 3 + i}: is not a record`, EXIT.difference)
    return { record: recordOf(parsed.data), proof: parsed.data.proof }
  })
  const last = lines.findIndex((line, i) => i > end && line.startsWith('sha256 of everything above: '))
  if (last < 0) throw noPacket('its last line, the digest, is missing')
  return {
    header: header.data,
    records,
    reproducible: `${lines.slice(0, last + 1).join('\n')}\n`,
    attachments: lines.slice(last + 1),
  }
}

/** A record with the place and id that its own text states. */
function recordOf({ hash: leaf, text: said }: z.output<typeof carried>): LedgerRecord {
  const { revision, id } = (jsonOf(said) ?? {}) as { readonly revision?: unknown; readonly id?: unknown }
  return {
    revision: typeof revision === 'number' ? revision : -1,
    id: typeof id === 'string' ? id : '',
    hash: leaf,
    text: said,
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
