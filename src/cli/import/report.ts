import type { Client } from '../client.ts'
import { counted, note, print, shown } from '../output.ts'
import { tableOf } from '../tables.ts'
import type { LineFinding } from './rows.ts'
import { ifFound, type SentFile } from './send.ts'

const FINDINGS_SHOWN = 50
const ODD_SHOWN = 10

interface Named {
  readonly name: string | null
  readonly handle?: string | null
  readonly key?: string | null
}
interface Held {
  readonly person: Named
  readonly role: Named
  readonly circle?: Named
  readonly from: string
  readonly to: string | null
}

/** What an import came to, as the API tells it. */
export interface ImportReport extends SentFile {
  readonly brought: Readonly<Record<string, number>>
  readonly overlaps: readonly { readonly first: Held; readonly second: Held }[]
  readonly contradictions: readonly Held[]
}

/** Prints what is wrong with the lines of the files, the first fifty and how many there are. */
export function printFindings(findings: readonly LineFinding[], lines: number): void {
  for (const { file, line, field, rule } of findings.slice(0, FINDINGS_SHOWN))
    note(shown(`${file}:${line}: ${field === undefined ? '' : `field "${field}" `}${rule}`))
  const bad = new Set(findings.map(({ file, line }) => `${file}:${line}`)).size
  const more = findings.length > FINDINGS_SHOWN ? `, the first ${FINDINGS_SHOWN} above` : ''
  note(`${counted(findings.length, 'finding')} in ${counted(bad, 'bad line')} of ${lines.toLocaleString('en')}${more}.`)
}

/** Asks what an import brought and what is odd about it. */
export async function reportOf(client: Client, community: string, sent: SentFile): Promise<ImportReport> {
  const answer = await ifFound(client.ask(community, 'import', { importId: sent.importId }))
  const { brought = {}, overlaps = [], contradictions = [] } = (answer ?? {}) as Partial<ImportReport>
  return { ...sent, brought, overlaps, contradictions }
}

/** Prints what the files brought. */
export function printReport(community: string, reports: readonly ImportReport[]): void {
  print(
    tableOf(
      reports.map(({ path, rows, written, brought, importId }) => ({
        file: path,
        rows,
        'events written': written,
        ...brought,
        import: importId,
      })),
    ),
  )
  for (const { overlaps, contradictions } of reports) {
    list(overlaps.length, 'overlap of one person in one role', 'overlaps of one person in one role')
    for (const { first, second } of overlaps.slice(0, ODD_SHOWN))
      print(`  ${held(first)} and from ${second.from} to ${second.to ?? 'now'}`)
    list(
      contradictions.length,
      'row contradicts a correction made here, which stands',
      'rows contradict corrections made here, which stand',
    )
    for (const each of contradictions.slice(0, ODD_SHOWN)) print(`  ${held(each)}`)
  }
  const written = reports.reduce((sum, report) => sum + report.written, 0)
  print(
    written === 0
      ? `Nothing new: ${community} has all of it already.`
      : `${counted(written, 'event')} written to ${community}. To take an import back: hearthbook do withdraw-import --import-id <import>`,
  )
}

function list(count: number, one: string, many: string): void {
  if (count > 0) print(`${counted(count, one, many)}${count > ODD_SHOWN ? `, the first ${ODD_SHOWN}` : ''}:`)
}

function held({ person, role, circle, from, to }: Held): string {
  const where = circle ? ` of ${circle.key ?? circle.name}` : ''
  return shown(`${person.name ?? '(erased)'}, ${role.name}${where}, from ${from} to ${to ?? 'now'}`)
}
