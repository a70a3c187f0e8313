import type { Client } from '../client.ts'
import { CliError, EXIT } from '../exits.ts'
import { type Checked, checkLines, checkTogether } from './check.ts'
import { type ImportReport, printFindings, reportOf } from './report.ts'
import { readRoleMap } from './role-map.ts'
import { ifFound, RowsRefused, sendFile } from './send.ts'

export interface ImportOptions {
  readonly community?: string | undefined
  /** Name of the community, where it is to be founded. */
  readonly name?: string | undefined
  readonly public?: boolean | undefined
  readonly found?: boolean | undefined
  /** Path of a map of roles. */
  readonly map?: string | undefined
  readonly basis?: string | undefined
  readonly keepGoing?: boolean | undefined
  readonly dryRun?: boolean | undefined
}

export interface Imported {
  readonly community: string
  readonly checked: Checked
  /** Empty in a dry run. */
  readonly reports: readonly ImportReport[]
}

/**
 * Imports files: all of every file is checked before anything is written, then sent in batches that can be repeated.
 * `fallback` names the community where neither the options nor the rows do.
 */
export async function importFiles(
  client: Client,
  paths: readonly string[],
  options: ImportOptions,
  fallback: () => Promise<string>,
): Promise<Imported> {
  const map = readRoleMap(options.map)
  const { basis } = options
  const lineByLine = checkLines(paths, { registry: client.registry, map, basis })
  const named = new Set(lineByLine.files.flatMap(({ communities }) => [...communities]))
  const community = options.community ?? (await communityIn(named, fallback))
  const exists = (await ifFound(client.ask(community, 'community'))) !== undefined
  if (!exists && !options.found && options.name === undefined && !named.has(community)) {
    throw new CliError(
      `There is no community "${community}" yet. Found it with --found, or with --name and its name.`,
      EXIT.notFound,
    )
  }
  const checked = await checkTogether(lineByLine, async (key) => exists && (await knowsCircle(client, community, key)))
  if (checked.findings.length > 0) {
    printFindings(checked.findings, checked.lines)
    if (!options.keepGoing)
      throw new CliError('Nothing was kept. Mend these lines, or leave them out with --keep-going.', EXIT.refused)
  }
  if (options.dryRun) return { community, checked, reports: [] }
  if (!exists) await found(client, community, options)
  const changes = { ...(map.size > 0 ? { map: [...map] } : {}), basis }
  const reports: ImportReport[] = []
  for (const file of checked.files) {
    const sent = await sendFile(client, community, file, changes).catch((error: unknown) => {
      if (error instanceof RowsRefused) printFindings(error.findings, checked.lines)
      throw error
    })
    reports.push(await reportOf(client, community, sent))
  }
  return { community, checked, reports }
}

async function communityIn(named: ReadonlySet<string>, fallback: () => Promise<string>): Promise<string> {
  const [only] = named
  if (only !== undefined && named.size === 1) return only
  if (named.size === 0) return fallback()
  throw new CliError(
    `The rows name several communities: ${[...named].join(', ')}. Say where to put them with --community.`,
    EXIT.usage,
  )
}

async function knowsCircle(client: Client, community: string, key: string): Promise<boolean> {
  const answer = await ifFound(client.ask(community, 'circle', { circle: key }))
  // It may have been found by its name; rows name circles by key.
  return (answer?.circle as { readonly key?: string | null } | undefined)?.key === key
}

async function found(client: Client, community: string, options: ImportOptions): Promise<void> {
  const body = { name: options.name ?? community, publicRoster: options.public ?? false }
  await client.command(community, 'FoundCommunity', body, { key: `found:${community}` })
}
