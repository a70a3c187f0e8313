import type { Command } from 'commander'
import { existingDirectory, serverUrl } from '../connect.ts'
import { CliError, EXIT } from '../exits.ts'
import { note, print, printJson } from '../output.ts'
import { ProblemError, problemOf } from '../problems.ts'
import { addJson, type SharedOptions } from '../shared-options.ts'
import { fetchTransport } from '../transport.ts'
import { openIdentity } from '../vault-elsewhere.ts'

interface SignedIn {
  readonly session: string
  readonly community: string
  readonly personId: string
  readonly expiresAt: string
}

/** Adds `sign-in`: a link becomes a session, once. What only a person does and reads takes their session as `--token`. */
export function addSignInVerb(program: Command): void {
  const verb = program
    .command('sign-in')
    .description('sign in by a link, once; prints the session, which other verbs take as --token')
    .argument('<link>', 'the link you were given')
    .option('--data <directory>', 'data directory (HEARTHBOOK_DATA; .hearthbook unless given)')
    .option('--url <url>', 'a server instead of a data directory (HEARTHBOOK_URL)')
  addJson(verb)
  verb.action(async (link: string) => {
    const options = verb.opts<SharedOptions>()
    const url = serverUrl(options)
    const signedIn = url === undefined ? await inDirectory(existingDirectory(options), link) : await atServer(url, link)
    if (options.json) return printJson(signedIn)
    print(signedIn.session)
    note(`Signed in as ${signedIn.personId} in ${signedIn.community} until ${signedIn.expiresAt}.`)
  })
}

async function inDirectory(directory: string, link: string): Promise<SignedIn> {
  const identity = openIdentity(directory)
  try {
    const found = await identity.signIn(link)
    if (!found)
      throw new CliError(
        'The link does not count: it was used, its time has passed, or it was never made.',
        EXIT.refused,
      )
    const { community = '', personId = '', expiresAt } = found.info
    return { session: found.session, community, personId, expiresAt }
  } finally {
    await identity.close()
  }
}

async function atServer(url: string, link: string): Promise<SignedIn> {
  const reply = await fetchTransport(url)({
    method: 'POST',
    path: '/v1/sign-in',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ link }),
  })
  if (reply.status >= 400) throw new ProblemError(problemOf(reply.status, JSON.parse(reply.text)))
  return JSON.parse(reply.text) as SignedIn
}
