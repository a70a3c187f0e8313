import type { Client } from '../client.ts'
import { CliError, EXIT } from '../exits.ts'
import { ProblemError } from '../problems.ts'
import { progressOf } from '../progress.ts'
import { batchesOf, batchKey, importHash, importIdOf } from './batches.ts'
import type { CheckedFile, FileRow, LineFinding } from './rows.ts'

/** What became of one file. */
export interface SentFile {
  readonly path: string
  readonly kind: CheckedFile['kind']
  readonly importId: string
  readonly rows: number
  /** Events this run wrote; a repeat writes none. */
  readonly written: number
}

const COMMANDS = { circles: 'ImportCircles', holdings: 'ImportHoldings' } as const

/** A batch was refused for its rows: what the book knows and the files do not show. */
export class RowsRefused extends CliError {
  readonly findings: readonly LineFinding[]
  constructor(findings: readonly LineFinding[], cause: ProblemError) {
    super(cause.message, EXIT.refused, { cause })
    this.findings = findings
  }
}

/** Pass 2: sends a checked file in batches. Running it again goes on where it stopped and adds nothing twice. */
export async function sendFile(
  client: Client,
  community: string,
  file: CheckedFile,
  changes: { readonly map?: unknown; readonly basis?: string | undefined },
): Promise<SentFile> {
  const hash = importHash(file, changes)
  const n = await firstNotWithdrawn(client, community, hash)
  const importId = importIdOf(hash, n)
  const head = (await client.ask(community, 'community')).head?.revision ?? -1
  const progress = progressOf(`Importing ${file.kind}`, file.rows.length, 'rows')
  let written = 0
  let done = 0
  /** One command; two of half as many rows each where it would write more than the store takes at once. */
  const sendRows = async (rows: readonly FileRow[], key: string): Promise<void> => {
    const body = { importId, rows: rows.map(({ row }) => row) }
    try {
      const answer = await client.command(community, COMMANDS[file.kind], body, { key })
      // A repeat is answered with the events of the first time.
      written += answer.events.filter(({ revision = -1 }) => revision > head).length
      done += rows.length
      progress.to(done)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (error.problem.code !== 'PAYLOAD_TOO_LARGE' || rows.length === 1)
        throw placed(
          error,
          file,
          rows.map(({ line }) => line),
        )
      const half = Math.ceil(rows.length / 2)
      await sendRows(rows.slice(0, half), `${key}.1`)
      await sendRows(rows.slice(half), `${key}.2`)
    }
  }
  try {
    for (const { number, rows } of batchesOf(file.rows)) {
      await sendRows(rows, batchKey(hash, n, number))
    }
  } finally {
    progress.end()
  }
  return { path: file.path, kind: file.kind, importId, rows: file.rows.length, written }
}

async function firstNotWithdrawn(client: Client, community: string, hash: string): Promise<number> {
  for (let n = 1; ; n += 1) {
    const report = await ifFound(client.ask(community, 'import', { importId: importIdOf(hash, n) }))
    if (report?.state !== 'withdrawn') return n
  }
}

/** The answer, or undefined where there is no such thing. */
export async function ifFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof CliError && error.exit === EXIT.notFound) return undefined
    throw error
  }
}

/** The refusal of a batch with the lines of the file its rows stand at. */
function placed(error: ProblemError, file: CheckedFile, lines: readonly number[]): CliError {
  const findings: unknown = error.problem.findings ?? error.problem.facts?.findings
  if (!Array.isArray(findings)) return error
  const rowFindings = (findings as { row?: number; field?: string; rule?: string }[]).filter(
    ({ row }) => row !== undefined,
  )
  if (rowFindings.length === 0) return error
  return new RowsRefused(
    rowFindings.map(({ row, field, rule }) => ({
      file: file.path,
      line: lines[row ?? 0] ?? 0,
      ...(field === undefined ? {} : { field }),
      rule: rule ?? 'was refused',
    })),
    error,
  )
}
