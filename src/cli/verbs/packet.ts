import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { Registry } from '../../kernel/registry.ts'
import type { Against } from '../../ledger/proofs/evidence.ts'
import { readCheckpoints, readReceipts } from '../books/verifying.ts'
import { CliError, Ended, EXIT } from '../exits.ts'
import { counted, note, print, printJson, shown } from '../output.ts'
import { attachedCheckpoint, attachmentsText, mattersAnnex, namesAnnex } from '../packet/attachments.ts'
import { type BookInHand, type BookOptions, bookInHand, cutTo } from '../packet/book-in-hand.ts'
import { composePacket } from '../packet/compose.ts'
import { gather, type PacketRequest } from '../packet/gather.ts'
import { WHAT_IT_PROVES } from '../packet/guidance.ts'
import { type Packet, type PacketHeader, parsePacket } from '../packet/packet-file.ts'
import { textFindings, unheld, verifyPacket } from '../packet/verify.ts'
import { addScope, type ScopeOptions, windowOf } from '../replay/options.ts'
import { addCommunity, addData, addExamples, addJson, type SharedOptions, withCommunity } from '../shared-options.ts'

interface MakeOptions extends BookOptions, ScopeOptions {
  readonly on: readonly string[]
  readonly out?: string
  readonly withNames?: boolean
  readonly mine?: boolean
}

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
  addMake(packet, registry)
  addVerify(packet, registry)
  addRebuild(packet, registry)
}

function addMake(packet: Command, registry: Registry): void {
  const make = packet
    .command('make')
    .summary('write a record packet')
    .description(
      'Writes what a window of time came to as one text: the events, the roster on chosen dates, the differences with ' +
        'what explains them, corrections and disputes, a summary, and how to check it. Names are not in it, unless in an annex.',
    )
  addScope(make)
    .option(
      '--on <date>',
      'a date to tell the roster of; may be repeated; the ends of the window unless given',
      several,
      [],
    )
    .option('--book <file>', 'an exported book instead of a data directory')
    .option('--with-names', 'with an annex that says who the people are; no part of what can be checked')
    .option('--mine', 'your own copy: with your private matters as an annex, signed in (--url and --token)')
    .option('--url <url>', 'the server that has your matters, for --mine')
    .option('--token <token>', 'your session, for --mine')
    .option('--out <file>', 'write to a file instead of standard output')
  addData(addCommunity(make))
  addExamples(
    make,
    'packet make --role kitty_keeper --from 2026-03-01 --through 2026-05-15 --on 2026-03-20 --out kitty.packet.md',
  )
  make.action(async () => {
    const options = make.opts<MakeOptions>()
    const book = await bookInHand(registry, options)
    const { header, records } = await gather(await requestOf(registry, options, book), book.records, registry)
    const made = await composePacket(header, records, registry)
    const text = `${made}${await besides(registry, options, book, header, made)}`
    if (options.out === undefined) process.stdout.write(text)
    else writeFileSync(options.out, text)
    note(`${counted(records.length, 'record')} of ${header.size} bear on this and are carried.`)
  })
}

/** What is asked for, by ids where names are sealed. */
async function requestOf(registry: Registry, options: MakeOptions, book: BookInHand): Promise<PacketRequest> {
  const { from, through } = windowOf(options)
  const { person, role, circle, on } = options
  const scope = { person, role, circle }
  const named =
    options.book === undefined
      ? await withCommunity(registry, whereBookIs(options), ({ client }) =>
          client.ask(book.community, 'concerning', scope),
        )
      : undefined
  const { people, roles, circles } = (named ?? { people: person, roles: role, circles: circle }) as {
    readonly [K in 'people' | 'roles' | 'circles']: readonly string[]
  }
  // The ends of a window that are instants are told as they are.
  const dates = on.length > 0 ? on : [...new Set([from, through])]
  return { community: book.community, from, through, people, roles, circles, dates }
}

function whereBookIs({ data, community }: SharedOptions): SharedOptions {
  return { ...(data === undefined ? {} : { data }), ...(community === undefined ? {} : { community }) }
}

async function besides(
  registry: Registry,
  options: MakeOptions,
  { signed }: BookInHand,
  header: PacketHeader,
  made: string,
): Promise<string> {
  const annexes: string[] = []
  if (options.withNames) {
    if (options.book !== undefined) throw new CliError('An exported book has no names to give.', EXIT.usage)
    annexes.push(
      ...(await withCommunity(registry, whereBookIs(options), ({ client }) => namesAnnex(client, header, made))),
    )
  }
  if (options.mine)
    annexes.push(...(await withCommunity(registry, options, ({ client }) => mattersAnnex(client, header))))
  return attachmentsText({ signed, annexes })
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
