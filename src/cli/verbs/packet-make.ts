import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { Registry } from '../../kernel/registry.ts'
import { CliError, EXIT } from '../exits.ts'
import { counted, note } from '../output.ts'
import { attachmentsText, mattersAnnex, namesAnnex } from '../packet/attachments.ts'
import { type BookInHand, type BookOptions, bookInHand } from '../packet/book-in-hand.ts'
import { composePacket } from '../packet/compose.ts'
import { gather, type PacketRequest } from '../packet/gather.ts'
import type { PacketHeader } from '../packet/packet-file.ts'
import { addScope, type ScopeOptions, windowOf } from '../replay/options.ts'
import { addCommunity, addData, addExamples, type SharedOptions, withCommunity } from '../shared-options.ts'

interface MakeOptions extends BookOptions, ScopeOptions {
  readonly on: readonly string[]
  readonly out?: string
  readonly withNames?: boolean
  readonly mine?: boolean
}

const several = (text: string, before: readonly string[]) => [...before, text]

/** Adds `packet make`. */
export function addPacketMake(packet: Command, registry: Registry): void {
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
