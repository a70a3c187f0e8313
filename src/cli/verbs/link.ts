import { randomBytes } from 'node:crypto'
import { type Command, Option } from 'commander'
import { InvalidTokenRequest, type LinkRequest, type TokenInfo } from '../../identity/port.ts'
import { DAY_MS } from '../../kernel/dates.ts'
import type { Registry } from '../../kernel/registry.ts'
import { dataDirectory } from '../connect.ts'
import { CliError, EXIT } from '../exits.ts'
import { note, print, printJson } from '../output.ts'
import { readServerFile } from '../server-file.ts'
import { addCommunity, addData, addExamples, addJson, type SharedOptions, withCommunity } from '../shared-options.ts'
import { openIdentity } from '../vault-elsewhere.ts'
import { personIdOf } from './do.ts'

interface LinkOptions extends SharedOptions {
  readonly person?: string
  readonly new?: boolean
  readonly days: string
}

/** Adds `link`. It works beside a running server, as `token` does, and the link counts there at once. */
export function addLinkVerb(program: Command, registry: Registry): void {
  const link = program
    .command('link')
    .description('make a link that signs a person in, once; it is shown once, and their older ones end')
    .option('--person <person>', 'for a person: id, handle or name')
    .addOption(new Option('--new', 'for somebody nobody knows yet').conflicts('person'))
    .option('--days <n>', 'days it waits to be used, at most 7', '2')
  addData(addCommunity(addJson(link)))
  addExamples(link, 'link --person liggitt --community kubernetes', 'link --new --community garden --days 7')
  link.action(async () => {
    const options = link.opts<LinkOptions>()
    const { link: text, info } = await makeLink(options, await requestFrom(options, registry))
    if (options.json) printJson({ link: text, info })
    else {
      print(text)
      const server = readServerFile(dataDirectory(options))
      if (server) note(`In a browser: ${server.url}/sign-in?link=${text}`)
      note(`For ${info.personId} in ${info.community}, good once until ${info.expiresAt}. It is not shown again.`)
    }
  })
}

async function requestFrom(options: LinkOptions, registry: Registry): Promise<LinkRequest> {
  const { person, days } = options
  if (person === undefined && !options.new)
    throw new CliError('Say who it signs in: --person, or --new for somebody nobody knows yet.', EXIT.usage)
  const expiresAt = new Date(Date.now() + Number(days) * DAY_MS)
  if (Number.isNaN(expiresAt.getTime())) throw new CliError('--days must be a number.', EXIT.usage)
  // The link is kept in the data directory, so the person must be looked for there and on no other server.
  const here = { ...options, data: dataDirectory(options) }
  const whose = await withCommunity(registry, here, async ({ client, communities }, community) => {
    if (!(await communities()).includes(community))
      throw new CliError(`There is no community ${community} here.`, EXIT.notFound)
    return { community, personId: person === undefined ? newPersonId() : await personIdOf(client, community, person) }
  })
  return { ...whose, expiresAt: expiresAt.toISOString(), madeBy: 'operator' }
}

function newPersonId(): string {
  return `person_${randomBytes(16).toString('base64url')}`
}

async function makeLink(
  options: LinkOptions,
  request: LinkRequest,
): Promise<{ readonly link: string; readonly info: TokenInfo }> {
  const identity = openIdentity(dataDirectory(options))
  try {
    return await identity.makeLink(request)
  } catch (error) {
    throw error instanceof InvalidTokenRequest ? new CliError(`${error.message}.`, EXIT.usage) : error
  } finally {
    await identity.close()
  }
}
