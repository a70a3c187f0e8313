import type { Command } from 'commander'
import { z } from 'zod'
import type { AnyCommand } from '../../kernel/define-command.ts'
import type { Registry } from '../../kernel/registry.ts'
import type { Client, CommandAnswer } from '../client.ts'
import { communityOf, connect } from '../connect.ts'
import { CliError, EXIT } from '../exits.ts'
import { addFlags, type Flag, fieldsOf, flagsOf, jsonFrom, kebab } from '../flags.ts'
import { counted, note, print, printJson, shown } from '../output.ts'
import { addCommunity, addExamples, addJson, addWhere, type SharedOptions } from '../shared-options.ts'

interface Options extends SharedOptions, Readonly<Record<string, unknown>> {
  readonly as?: string
  readonly key?: string
  readonly dryRun?: boolean
  readonly input?: string
}

const EFFECTIVE_AT: Flag = {
  field: 'effectiveAt',
  name: 'effective-at',
  kind: 'text',
  required: false,
  description: 'when it was true in the world, where that is not now; up to 30 days back',
}

const CAPACITY: Flag = {
  field: 'capacity',
  name: 'capacity',
  kind: 'text',
  required: false,
  description: 'the role in which you do this, one you hold now',
}

/** Adds `do <command>` for every command of the registry. */
export function addDoVerb(program: Command, registry: Registry): void {
  const all = program.command('do').description('give any command by name; "hearthbook do" alone lists them')
  addExamples(
    all,
    'do found-community --community garden --name "The garden"',
    'do dispute-record --as Ada --event-id <id> --text "I had left by then."',
    'do withdraw-import --import-id <id> --dry-run',
  )
  for (const command of registry.commands.values()) addCommand(all.command(kebab(command.name)), command, registry)
}

function addCommand(verb: Command, command: AnyCommand, registry: Registry): void {
  const own = flagsOf(givenSchema(command), command.http.root ? ['community'] : [])
  const flags = [
    ...own,
    ...(command.who.startsWith('member') ? [CAPACITY] : []),
    ...(command.backdatable ? [EFFECTIVE_AT] : []),
  ]
  verb.description(command.summary)
  addFlags(verb, flags)
  verb
    .option('--as <person>', 'person the operator acts for: id, handle or name; the record says it was the operator')
    .option('--key <key>', 'Idempotency-Key: the same key again is the same act')
    .option('--dry-run', 'say what would be written, and write nothing')
    .option('--input <json>', 'fields as one JSON object, or @file; flags come on top')
  addWhere(addCommunity(addJson(verb)))
  const refusals = Object.entries(command.refusals).map(([code, meaning]) => `  ${code}\n    ${meaning}`)
  if (refusals.length > 0) verb.addHelpText('after', `\nWhat may refuse it:\n${refusals.join('\n')}`)
  verb.action(() => give(command, flags, registry, verb.opts<Options>()))
}

/** The fields as they are given: a sign-in link in place of the person it names. */
function givenSchema({ schema, redeems }: AnyCommand): z.ZodObject {
  if (redeems === undefined) return schema
  const link = z.string().meta({ description: 'a sign-in link made for the person' })
  return (schema as z.ZodObject).omit({ [redeems]: true } as never).extend({ link })
}

async function give(command: AnyCommand, flags: readonly Flag[], registry: Registry, options: Options): Promise<void> {
  const input = { ...inputFrom(options.input), ...fieldsOf(flags, options) }
  const connection = await connect(registry, options, { create: command.http.root === true })
  try {
    const { client } = connection
    if (command.http.root && options.community === undefined)
      throw new CliError('Say which community with --community.', EXIT.usage)
    const community = options.community ?? (await communityOf(connection, undefined))
    const as = options.as === undefined ? undefined : await personIdOf(client, community, options.as)
    const answer = await client.command(community, command.name, input, {
      ...(as === undefined ? {} : { as }),
      ...(options.key === undefined ? {} : { key: options.key }),
      ...(options.dryRun ? { dryRun: true } : {}),
    })
    if (options.json) printJson(answer)
    else printDone(answer, options.dryRun === true)
  } finally {
    await connection.close()
  }
}

function inputFrom(text: string | undefined): Record<string, unknown> {
  const value = text === undefined ? {} : jsonFrom(text, '--input')
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new CliError('--input must be one JSON object.', EXIT.usage)
}

/** The id of a person named by id, handle or name. An id stays as it is: it may be of somebody who is yet to join. */
export async function personIdOf(client: Client, community: string, ref: string): Promise<string> {
  if (/^person_[\w-]{22}$/.test(ref)) return ref
  const { person } = await client.ask(community, 'person', { person: ref })
  return (person as { readonly id: string }).id
}

function printDone({ events, result = {}, warnings = [] }: CommandAnswer, dryRun: boolean): void {
  if (events.length === 0) print('There was nothing to do.')
  for (const { type, revision, matterRevision, id } of events)
    print(dryRun ? `would write ${type}` : `${revision ?? matterRevision}  ${type}  ${id}`)
  for (const [name, value] of Object.entries(result))
    print(`${name}: ${shown(typeof value === 'string' ? value : JSON.stringify(value))}`)
  for (const { code, message } of warnings) note(`${code}: ${shown(message)}`)
  if (dryRun && events.length > 0) print(`${counted(events.length, 'event')} would be written; nothing was.`)
}
