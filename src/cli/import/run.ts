import type { Client } from '../client.ts'
import { CliError, EXIT } from '../exits.ts'
import { type Checked, checkedBoth, checkLines, checkTogether } from './check.ts'
import { aroundOf } from './csv/around.ts'
import { mapFileOf, readMapFile } from './csv/map-file.ts'
import { type ReadSheet, readSheets, type SheetOptions } from './csv/read-sheets.ts'
import { printQuestions } from './csv/report.ts'
import { isSheet, readSheet, type Sheet } from './csv/sheet.ts'
import { readLines } from './lines.ts'
import { type ImportReport, printFindings, reportOf } from './report.ts'
import type { RoleMap } from './rows.ts'
import { ifFound, RowsRefused, sendFile } from './send.ts'

export interface ImportOptions extends SheetOptions {
  readonly community?: string | undefined
  /** Name of the community, where it is to be founded. */
  readonly name?: string | undefined
  readonly public?: boolean | undefined
  readonly found?: boolean | undefined
  readonly basis?: string | undefined
  readonly keepGoing?: boolean | undefined
  readonly dryRun?: boolean | undefined
}

export interface Imported {
  readonly community: string
  readonly checked: Checked
  /** Tables among the files, as they were understood. */
  readonly sheets: readonly ReadSheet[]
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
  const sheets = paths.filter(isSheet).map(readSheet)
  const lineFiles = paths.filter((path) => !isSheet(path)).map(readLines)
  const map = roleMap(options, sheets)
  const { basis } = options
  const reading = { registry: client.registry, map, basis }
  const lineByLine = checkLines(lineFiles, reading)
  const named = new Set(lineByLine.files.flatMap(({ communities }) => [...communities]))
  const community = options.community ?? (await communityIn(named, fallback))
  const exists = (await ifFound(client.ask(community, 'community'))) !== undefined
  if (!exists && !options.found && options.name === undefined && !named.has(community)) {
    throw new CliError(
      `There is no community "${community}" yet. Found it with --found, or with --name and its name.`,
      EXIT.notFound,
    )
  }
  const { read, files } = await understood(client, community, sheets, exists, options)
  const checked = await checkTogether(
    checkedBoth(lineByLine, checkLines(files, reading)),
    async (key) => exists && (await knowsCircle(client, community, key)),
  )
  const open = read.filter(({ questions }) => questions.some(({ answer }) => answer === null))
  if (!options.json) for (const sheet of open) printQuestions(sheet)
  if (checked.findings.length > 0) {
    printFindings(checked.findings, checked.lines)
    if (!options.keepGoing)
      throw new CliError('Nothing was kept. Mend these lines, or leave them out with --keep-going.', EXIT.refused)
  }
  if (options.dryRun) return { community, checked, sheets: read, reports: [] }
  if (open.length > 0) throw new CliError('Nothing was written: the questions above are open.', EXIT.refused)
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
  return { community, checked, sheets: read, reports }
}

async function understood(
  client: Client,
  community: string,
  sheets: readonly Sheet[],
  exists: boolean,
  options: ImportOptions,
) {
  if (sheets.length === 0) return { read: [], files: [] }
  return readSheets(sheets, options, await aroundOf(client, community, { exists, name: options.name }))
}

/** The roles of the map given, which need not be there yet where tables are to be answered in it; else of those beside the tables. */
function roleMap({ map }: ImportOptions, sheets: readonly Sheet[]): RoleMap {
  const files = map === undefined ? sheets.map(({ path }) => mapFileOf(path)) : [map]
  const mustExist = map !== undefined && sheets.length === 0
  return new Map(files.flatMap((file) => Object.entries(readMapFile(file, { mustExist }).roles)))
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
  const circle = answer?.circle as { readonly id: string; readonly key?: string | null } | undefined
  // It may have been found by its name; rows name circles by key, and those formed here by id.
  return circle !== undefined && (circle.key ?? circle.id) === key
}

async function found(client: Client, community: string, options: ImportOptions): Promise<void> {
  const body = { name: options.name ?? community, publicRoster: options.public ?? false }
  await client.command(community, 'FoundCommunity', body, { key: `found:${community}` })
}
