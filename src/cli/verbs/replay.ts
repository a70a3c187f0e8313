import type { Command } from 'commander'
import type { ViewDigests } from '../../engine/view-digests.ts'
import type { Registry } from '../../kernel/registry.ts'
import type { Ledgers } from '../../ledger/port.ts'
import { withBooks, withProgress } from '../books/open-book.ts'
import { differingViews, keptDigests, type Replayed, replay } from '../books/replaying.ts'
import { Client } from '../client.ts'
import { existingDirectory, type Where } from '../connect.ts'
import { CliError, Ended, EXIT } from '../exits.ts'
import { counted, print, printJson } from '../output.ts'
import { readServerFile, readServerToken } from '../server-file.ts'
import { addData, addExamples, addJson } from '../shared-options.ts'
import { fetchTransport } from '../transport.ts'

interface Options extends Where {
  readonly json?: boolean
}

interface Compared extends Replayed {
  /** What the fresh fold was held against. */
  readonly against: 'running server' | 'digests of the last stop' | 'nothing'
  readonly differing: readonly string[]
}

/** Adds `replay`: folds the books anew and compares. */
export function addReplayVerb(program: Command, registry: Registry): void {
  const verb = program
    .command('replay')
    .summary('fold the books anew and compare every view')
    .description(
      'Folds the books anew from their first record and compares every view with that of the running server, else with ' +
        'what the last server left when it stopped. Works beside a running server and writes nothing.',
    )
    .argument('[community]', 'which community; all of them unless given')
  addData(addJson(verb))
  addExamples(verb, 'replay', 'replay kubernetes --json')
  verb.action(async (named?: string) => {
    const options = verb.opts<Options>()
    const directory = existingDirectory(options)
    const compared = await withBooks(directory, async (ledgers) => {
      const results: Compared[] = []
      const { communities, records } = await communitiesIn(ledgers, named)
      const reading = withProgress(ledgers, 'Folding', records)
      for (const community of communities) results.push(await compare(reading.ledgers, registry, directory, community))
      reading.end()
      return results
    })
    if (options.json) printJson({ communities: compared })
    else compared.forEach(printCompared)
    if (compared.some(({ differing }) => differing.length > 0)) throw new Ended(EXIT.difference)
  })
}

async function communitiesIn(ledgers: Ledgers, named: string | undefined) {
  const communities: string[] = []
  let records = 0
  for await (const { id, head } of ledgers.list()) {
    if (named !== undefined && id.community !== named) continue
    if (id.book === 'open') communities.push(id.community)
    records += head.revision + 1
  }
  if (named !== undefined && communities.length === 0)
    throw new CliError(`There is no community "${named}" here.`, EXIT.notFound)
  return { communities, records }
}

async function compare(ledgers: Ledgers, registry: Registry, directory: string, community: string): Promise<Compared> {
  const running = await digestsOfServer(registry, directory, community)
  const other = running ?? keptDigests(directory, community)
  const against = running ? 'running server' : other ? 'digests of the last stop' : 'nothing'
  const replayed = await replay(ledgers, registry, community, other?.revision)
  const differing = other ? differingViews(replayed.digests, other) : []
  if (other && replayed.digests.revision !== other.revision)
    return {
      ...replayed,
      against,
      differing: [...differing, `revision ${other.revision}, and the book ends at ${replayed.digests.revision}`],
    }
  return { ...replayed, against, differing }
}

async function digestsOfServer(
  registry: Registry,
  directory: string,
  community: string,
): Promise<ViewDigests | undefined> {
  const server = readServerFile(directory)
  if (!server) return undefined
  try {
    const client = new Client(registry, fetchTransport(server.url), readServerToken(server))
    return (await client.get(`/v1/communities/${encodeURIComponent(community)}/digests`)) as ViewDigests
  } catch (error) {
    // A server that crashed leaves word too.
    if (error instanceof CliError && error.exit === EXIT.store) return undefined
    throw error
  }
}

function printCompared({ community, events, ms, digests, against, differing }: Compared): void {
  print(`${community}: ${counted(events, 'event')} folded in ${(ms / 1000).toFixed(2)} s, revision ${digests.revision}`)
  for (const [view, digest] of Object.entries(digests.views)) print(`  ${view.padEnd(20)} ${digest}`)
  if (against === 'nothing') print('  There is nothing to compare with: no server runs, and none has left its digests.')
  else if (differing.length === 0) print(`  The same as the ${against}.`)
  for (const view of differing) print(`  DIFFERS from the ${against}: ${view}`)
}
