import { composePacket } from '../../src/cli/packet/compose.ts'
import { gather, type PacketRequest } from '../../src/cli/packet/gather.ts'
import { parsePacket } from '../../src/cli/packet/packet-file.ts'
import { verifyPacket } from '../../src/cli/packet/verify.ts'
import type { Registry } from '../../src/kernel/registry.ts'
import type { LedgerRecord } from '../../src/ledger/port.ts'
import type { Against } from '../../src/ledger/proofs/evidence.ts'

/** A packet of a book, as text. */
export async function packetOf(
  request: Partial<PacketRequest> & Pick<PacketRequest, 'community' | 'from' | 'through'>,
  book: readonly LedgerRecord[],
  registry: Registry,
): Promise<string> {
  const whole = { people: [], roles: [], circles: [], dates: [request.from], ...request }
  const { header, records } = await gather(whole, book, registry)
  return composePacket(header, records, registry)
}

/** What checking a packet's text comes to. */
export async function checked(text: string, registry: Registry, against: Against = {}): Promise<readonly string[]> {
  return verifyPacket(parsePacket(text, 'the packet'), registry, against)
}
