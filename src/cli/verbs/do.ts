import type { Command } from 'commander'
import { z } from 'zod'
import type { AnyCommand, CommandCli } from '../../kernel/define-command.ts'
import type { Registry } from '../../kernel/registry.ts'
import type { Client, CommandAnswer } from '../client.ts'
import { communityOf, connect } from '../connect.ts'
import { CliError, EXIT } from '../exits.ts'
import { addFlags, type Flag, fieldsOf, flagsOf, jsonFrom, kebab, optionKey } from '../flags.ts'
import { counted, note, print, printJson, shown } from '../output.ts'
import { type Candidate, candidateText, ProblemError } from '../problems.ts'
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

/** Adds a verb of its own for every command that has one: names instead of ids, the main fields by position. */
export function addCommandVerbs(program: Command, registry: Registry): void {
  for (const command of registry.commands.values())
    if (command.cli) addCommand(program.command(command.cli.verb), command, registry, command.cli)
}

function addCommand(verb: Command, command: AnyCommand, registry: Registry, cli?: CommandCli): void {
  const own = flagsOf(givenSchema(command), command.http.root ? ['community'] : [])
  const flags = [
    ...own,
    ...(command.who.startsWith('member') ? [CAPACITY] : []),
    ...(command.backdatable ? [EFFECTIVE_AT] : []),
  ]
  const { positional = [], aliases = {} } = cli ?? {}
  verb.description(command.summary)
  for (const field of positional) {
    const words = flags.find((flag) => flag.field === field)?.description ?? ''
    verb.argument(`[${kebab(field)}]`, words)
  }
  addFlags(verb, flags, positional)
  for (const [field, alias] of Object.entries(aliases))
    verb.option(`--${alias} <text>`, `the same as --${kebab(field)}`)
  verb
    .option('--as <person>', 'person the operator acts for: id, handle or name; the record says it was the operator')
    .option('--key <key>', 'Idempotency-Key: the same key again is the same act')
    .option('--dry-run', 'say what would be written, and write nothing')
    .option('--input <json>', 'fields as one JSON object, or @file; flags come on top')
  addWhere(addCommunity(addJson(verb)))
  const refusals = Object.entries(command.refusals).map(([code, meaning]) => `  ${code}\n    ${meaning}`)
  if (refusals.length > 0) verb.addHelpText('after', `\nWhat may refuse it:\n${refusals.join('\n')}`)
  verb.action((...given: unknown[]) => {
    const options = verb.opts<Options>()
    const byPlace = positional.map((field, i) => [field, given[i]] as const)
    const byAlias = Object.entries(aliases).map(([field, alias]) => [field, options[optionKey(alias)]] as const)
    const said = [...byPlace, ...byAlias].filter(([, value]) => value !== undefined)
    return give(command, flags, registry, options, { said: Object.fromEntries(said), ...(cli ? { cli } : {}) })
  })
}

/** The fields as they are given: a sign-in link in place of the person it names. */
function givenSchema({ schema, redeems }: AnyCommand): z.ZodObject {
  if (redeems === undefined) return schema
  const link = z.string().meta({ description: 'a sign-in link made for the person' })
  return (schema as z.ZodObject).omit({ [redeems]: true } as never).extend({ link })
}

interface Given {
  /** Fields by position and by their other names. */
  readonly said: Readonly<Record<string, unknown>>
  readonly cli?: CommandCli
}

async function give(
  command: AnyCommand,
  flags: readonly Flag[],
  registry: Registry,
  options: Options,
  { said, cli = { verb: '' } }: Given,
): Promise<void> {
  const spoken = { ...inputFrom(options.input), ...said, ...fieldsOf(flags, options) }
  const connection = await connect(registry, options, { create: command.http.root === true })
  try {
    const { client } = connection
    if (command.http.root && options.community === undefined)
      throw new CliError('Say which community with --community.', EXIT.usage)
    const community = options.community ?? (await communityOf(connection, undefined))
    const input = await withIds(client, community, spoken, cli)
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
  try {
    const { person } = await client.ask(community, 'person', { person: ref })
    return (person as { readonly id: string }).id
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 404) throw error
    const { people } = await client.ask(community, 'people', { name: ref })
    const named = people as readonly Candidate[]
    if (named.length < 2) throw new CliError(`Nobody called "${shown(ref)}" is known here.`, EXIT.notFound)
    const list = named.map(candidateText).join('\n')
    throw new CliError(`${named.length} people are called "${shown(ref)}": name one by id.\n${list}`, EXIT.notFound)
  }
}

/** The fields with ids in place of the names that people gave. */
async function withIds(
  client: Client,
  community: string,
  spoken: Readonly<Record<string, unknown>>,
  { people = [], roles = [], circles = [] }: CommandCli,
): Promise<Record<string, unknown>> {
  const input = { ...spoken }
  for (const [fields, idOf] of [
    [people, personIdOf],
    [roles, roleIdOf],
    [circles, circleIdOf],
  ] as const)
    for (const field of fields) {
      const ref = input[field]
      if (typeof ref === 'string') input[field] = await idOf(client, community, ref)
    }
  return input
}

/** The id of the only role of a name. @throws CliError that lists them where there are several. */
async function roleIdOf(client: Client, community: string, ref: string): Promise<string> {
  if (/^role_[\w-]{22}$/.test(ref)) return ref
  const { roles } = (await client.ask(community, 'roles')) as unknown as { readonly roles: readonly NamedRole[] }
  const lower = ref.toLocaleLowerCase('en')
  const exactly = roles.filter(({ name }) => name === ref)
  const named = exactly.length > 0 ? exactly : roles.filter(({ name }) => name.toLocaleLowerCase('en') === lower)
  const [only] = named
  if (only && named.length === 1) return only.id
  if (!only) throw new CliError(`There is no role "${ref}".`, EXIT.notFound)
  const list = named.map(({ id, circle }) => `  ${id}  ${shown(circle.name)}`).join('\n')
  throw new CliError(`${named.length} roles are called "${ref}": name one by id.\n${list}`, EXIT.notFound)
}

interface NamedRole {
  readonly id: string
  readonly name: string
  readonly circle: { readonly name: string }
}

async function circleIdOf(client: Client, community: string, ref: string): Promise<string> {
  const { circle } = await client.ask(community, 'circle', { circle: ref })
  return (circle as { readonly id: string }).id
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
