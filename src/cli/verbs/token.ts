import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { type Identity, InvalidTokenRequest, SCOPES, type Scope, type TokenRequest } from '../../identity/port.ts'
import type { Registry } from '../../kernel/registry.ts'
import { dataDirectory, type Where } from '../connect.ts'
import { CliError, EXIT } from '../exits.ts'
import { note, print, printJson } from '../output.ts'
import { addCommunity, addData, addExamples, addJson, type SharedOptions, withCommunity } from '../shared-options.ts'
import { tableOf } from '../tables.ts'
import { openIdentity } from '../vault-elsewhere.ts'
import { personIdOf } from './do.ts'

interface CreateOptions extends SharedOptions {
  readonly person?: string
  readonly service?: string
  readonly operator?: boolean
  readonly scope?: readonly Scope[]
  readonly days: string
}

const DAY_MS = 86_400_000
const PERSON_SCOPES: readonly Scope[] = ['read', 'act']
const collect = (scope: string, before: readonly string[] | undefined) => [...(before ?? []), scope]

/** Adds `token create`, `list` and `revoke`. They work beside a running server, which minds them from its next request on. */
export function addTokenVerb(program: Command, registry: Registry): void {
  const token = program.command('token').description('make, list and revoke tokens; only hashes of them are kept')
  addCreate(token, registry)
  const list = addData(addJson(token.command('list').description('list the tokens there are')))
  list.action(async () => {
    const options = list.opts<SharedOptions>()
    const tokens = await withIdentity(options, (identity) => identity.list())
    if (options.json) printJson({ tokens })
    else
      print(
        tokens.length === 0
          ? 'There is no token.'
          : tableOf(tokens.map(({ scopes, ...rest }) => ({ ...rest, scopes: scopes.join(' ') }))),
      )
  })
  const revoke = addData(
    token.command('revoke').description('revoke a token').argument('<id>', 'as "token list" gives it'),
  )
  revoke.action(async (id: string) => {
    const revoked = await withIdentity(revoke.opts<Where>(), (identity) => identity.revoke(id))
    if (!revoked) throw new CliError(`There is no live token ${id}.`, EXIT.notFound)
    print(`Revoked: ${id}`)
  })
}

function addCreate(token: Command, registry: Registry): void {
  const create = token
    .command('create')
    .description('make a token; it is shown once')
    .option('--person <person>', 'for a person: id, handle or name, or "new" for somebody nobody knows yet')
    .option('--service <label>', 'for a service, under this label')
    .option('--operator', 'for the operator')
    .addOption(new Option('--scope <scope>', `what it is good for; may be repeated`).choices(SCOPES).argParser(collect))
    .option('--days <n>', 'days it lives', '90')
  addData(addCommunity(addJson(create)))
  addExamples(
    create,
    'token create --person liggitt --community kubernetes',
    'token create --service importer --scope import --community kubernetes --days 30',
  )
  create.action(async () => {
    const options = create.opts<CreateOptions>()
    const request = await requestFrom(options, registry)
    const { token: secret, info } = await withIdentity(options, (identity) => identity.issue(request)).catch(
      (error: unknown) => {
        throw error instanceof InvalidTokenRequest ? new CliError(`${error.message}.`, EXIT.usage) : error
      },
    )
    if (options.json) printJson({ token: secret, info })
    else {
      print(secret)
      note(
        `${info.id}, ${info.kind}${info.personId ? ` ${info.personId}` : ''}, ${info.scopes.join(' ')}, until ${info.expiresAt}. It is not shown again.`,
      )
    }
  })
}

async function requestFrom(options: CreateOptions, registry: Registry): Promise<TokenRequest> {
  const { person, service, operator, scope, days } = options
  if ([person, service, operator].filter((kind) => kind !== undefined).length !== 1)
    throw new CliError('Say whose it is: --person, --service or --operator.', EXIT.usage)
  const expiresAt = new Date(Date.now() + Number(days) * DAY_MS)
  if (Number.isNaN(expiresAt.getTime())) throw new CliError('--days must be a number.', EXIT.usage)
  const until = { expiresAt: expiresAt.toISOString() }
  if (operator) return { kind: 'operator', ...until }
  if (service !== undefined)
    return { kind: 'service', community: options.community ?? '*', label: service, scopes: scope ?? ['read'], ...until }
  const { community, personId } = await withCommunity(registry, options, async ({ client }, id) => ({
    community: id,
    personId:
      person === 'new' ? `person_${randomBytes(16).toString('base64url')}` : await personIdOf(client, id, person ?? ''),
  }))
  return { kind: 'person', community, personId, scopes: scope ?? PERSON_SCOPES, ...until }
}

async function withIdentity<T>(where: Where, use: (identity: Identity) => Promise<T>): Promise<T> {
  const directory = dataDirectory(where)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const identity = openIdentity(directory)
  try {
    return await use(identity)
  } finally {
    await identity.close()
  }
}
