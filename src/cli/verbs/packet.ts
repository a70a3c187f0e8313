import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { Registry } from '../../kernel/registry.ts'
import type { Against } from '../../ledger/proofs/evidence.ts'
import { readCheckpoints, readReceipts } from '../books/verifying.ts'
import { CliError, Ended, EXIT } from '../exits.ts'
import { counted, note, print, printJson, shown } from '../output.ts'
import { attachedCheckpoint } from '../packet/attachments.ts'
import { type BookOptions, bookInHand, cutTo } from '../packet/book-in-hand.ts'
import { composePacket } from '../packet/compose.ts'
import { gather } from '../packet/gather.ts'
import { WHAT_IT_PROVES } from '../packet/guidance.ts'
import { type Packet, parsePacket } from '../packet/packet-file.ts'
import { textFindings, unheld, verifyPacket } from '../packet/verify.ts'
import { addData, addExamples, addJson } from '../shared-options.ts'
import { addPacketMake } from './packet-make.ts'

interface VerifyOptions extends BookOptions {
  readonly checkpoint: readonly string[]
  readonly receipt: readonly string[]
  readonly verifierKey?: string
}

const several = (text: string, before: readonly string[]) => [...before, text]

/** Adds `packet make`, `verify` and `rebuild`. */
export function addPacketVerb(program: Command, registry: Registry): void {
  const packet = program
    .command('packet')
    .description('a record packet: what a window of time came to, in one file that both sides can check')
  addPacketMake(packet, registry)
  addVerify(packet, registry)
  addRebuild(packet, registry)
}

function addVerify(packet: Command, registry: Registry): void {
  const verify = packet
    .command('verify')
    .summary('check a record packet offline')
    .description(
      'Checks a record packet by itself: every record it carries against the root of the book, and every word of it ' +
        'against what those records make of it. A changed event is named. With a book, it is made anew from that as well.',
    )
    .argument('<file>', 'the packet')
    .option('--book <file>', 'also make it anew from this exported book')
    .option('--checkpoint <file>', 'a checkpoint you kept; may be repeated', several, [])
    .option('--receipt <file>', 'a receipt you kept, or the answer it came in; may be repeated', several, [])
    .option('--verifier-key <key>', 'the key that checkpoints must be signed with, as you kept it')
  addJson(verify)
  addExamples(verify, 'packet verify kitty.packet.md', 'packet verify kitty.packet.md --receipt mine.json')
  verify.action(async (file: string) => {
    const options = verify.opts<VerifyOptions>()
    const read = readPacket(file)
    const against = againstOf(read, options)
    const findings = [...(await verifyPacket(read, registry, against))]
    if (options.book !== undefined && findings.length === 0)
      findings.push(...(await rebuiltFrom(registry, read, options, against)).findings)
    report(file, read, findings, options, against)
  })
}

function againstOf({ attachments }: Packet, options: VerifyOptions): Against {
  const attached = attachedCheckpoint(attachments)
  const verifierKey = options.verifierKey ?? attached?.verifierKey
  return {
    checkpoints: [...(attached ? [attached.checkpoint] : []), ...readCheckpoints(options.checkpoint)],
    receipts: readReceipts(options.receipt),
    ...(verifierKey === undefined ? {} : { verifierKey }),
  }
}

function report(
  file: string,
  packet: Packet,
  findings: readonly string[],
  { json, book, verifierKey }: VerifyOptions,
  against: Against,
): void {
  const { header, records, attachments } = packet
  if (json) printJson({ sound: findings.length === 0, findings, header })
  else if (findings.length > 0) {
    print(`${file}: ${counted(findings.length, 'finding')}`)
    for (const finding of findings) print(`  ${shown(finding)}`)
  } else {
    const whole = book === undefined ? '' : ' Made anew from the whole book, it is the same bytes.'
    print(`${file}: sound, ${counted(records.length, 'record')} of ${header.size}, root ${header.root}.${whole}`)
    print()
    for (const line of WHAT_IT_PROVES) print(line)
    const others = unheld(packet, against)
    if (others > 0 && book === undefined)
      note(`${counted(others, 'checkpoint or receipt', 'checkpoints and receipts')} say nothing of it without --book.`)
    if (attachments.length > 1)
      note('What is attached after the digest was not checked, but for the signed checkpoint.')
    if (verifierKey === undefined && (against.checkpoints ?? []).length > 0)
      note('The checkpoint was verified with the key beside it. With --verifier-key it is held against one you kept.')
  }
  if (findings.length > 0) throw new Ended(EXIT.difference)
}

function addRebuild(packet: Command, registry: Registry): void {
  const rebuild = packet
    .command('rebuild')
    .summary('make a record packet anew from the whole book, and compare')
    .description('Makes a record packet anew from all records of the book, and says whether it is the same bytes.')
    .argument('<file>', 'the packet')
    .option('--book <file>', 'an exported book instead of a data directory')
    .option('--out <file>', 'write what was made')
  addData(rebuild)
  addExamples(rebuild, 'packet rebuild kitty.packet.md --book tidepool.book.jsonl')
  rebuild.action(async (file: string) => {
    const options = rebuild.opts<BookOptions & { readonly out?: string }>()
    const read = readPacket(file)
    const { made, findings } = await rebuiltFrom(registry, read, options, {})
    if (options.out !== undefined) writeFileSync(options.out, made)
    for (const finding of findings) print(shown(finding))
    if (findings.length > 0) throw new Ended(EXIT.difference)
    print(`The same bytes: ${Buffer.byteLength(made)}, made from ${counted(read.header.size, 'record')} of the book.`)
  })
}

async function rebuiltFrom(registry: Registry, packet: Packet, options: BookOptions, against: Against) {
  const { header } = packet
  const book = await bookInHand(registry, { ...options, community: header.community }, against)
  if (book.community !== header.community)
    throw new CliError(`The packet is of ${header.community}, the book of ${book.community}.`, EXIT.difference)
  const gathered = await gather(header, cutTo(book, header.size), registry)
  const made = await composePacket(gathered.header, gathered.records, registry)
  return { made, findings: textFindings(packet, made) }
}

function readPacket(file: string): Packet {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new CliError(`The packet ${file} cannot be read.`, EXIT.notFound, { cause: error })
  }
  return parsePacket(text, file)
}
