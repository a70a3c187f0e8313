import type { Command } from 'commander'
import type { Registry } from '../kernel/registry.ts'
import { type Connection, communityOf, connect, type Where } from './connect.ts'

/** Options that verbs share. */
export interface SharedOptions extends Where {
  readonly community?: string
  readonly json?: boolean
}

/** Adds the options that say where the communities are. */
export function addWhere(verb: Command): Command {
  return verb
    .option('--data <directory>', 'data directory (HEARTHBOOK_DATA; .hearthbook unless given)')
    .option('--url <url>', 'a server instead of a data directory (HEARTHBOOK_URL)')
    .option(
      '--token <token>',
      'token or session to act with (HEARTHBOOK_TOKEN for a server; the operator of a data directory unless given)',
    )
}

/** Adds the option for a data directory alone. */
export function addData(verb: Command): Command {
  return verb.option('--data <directory>', 'data directory (HEARTHBOOK_DATA; .hearthbook unless given)')
}

/** Adds the option that names the community. */
export function addCommunity(verb: Command): Command {
  return verb.option(
    '--community <community>',
    'which community (HEARTHBOOK_COMMUNITY; the only one there is unless given)',
  )
}

export function addJson(verb: Command): Command {
  return verb.option('--json', 'print JSON instead of text')
}

/** Examples at the end of a verb's help. */
export function addExamples(verb: Command, ...examples: readonly string[]): Command {
  return verb.addHelpText('after', `\nExamples:\n${examples.map((example) => `  hearthbook ${example}`).join('\n')}`)
}

/** Does something with a way to the API, and closes it whatever happens. */
export async function withConnection<T>(
  registry: Registry,
  options: Where,
  use: (connection: Connection) => Promise<T>,
  how: { readonly create?: boolean } = {},
): Promise<T> {
  const connection = await connect(registry, options, how)
  try {
    return await use(connection)
  } finally {
    await connection.close()
  }
}

/** As {@link withConnection}, with the community that is meant. */
export function withCommunity<T>(
  registry: Registry,
  options: SharedOptions,
  use: (connection: Connection, community: string) => Promise<T>,
): Promise<T> {
  return withConnection(registry, options, async (connection) =>
    use(connection, await communityOf(connection, options.community)),
  )
}
