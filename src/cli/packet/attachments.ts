import type { Client } from '../client.ts'
import { CliError, EXIT } from '../exits.ts'
import { jsonFrom } from '../flags.ts'
import type { EventTold, PersonTold } from '../replay/answers.ts'
import { BEGIN_ATTACHMENTS, type PacketHeader } from './packet-file.ts'

/** A checkpoint as a server signs it, with the key it can be verified with. */
export interface SignedCheckpoint {
  readonly checkpoint: string
  readonly verifierKey: string
}

/** What is put beside a packet. */
export interface Attachments {
  readonly signed?: SignedCheckpoint | undefined
  /** Lines of Markdown. */
  readonly annexes: readonly string[]
}

const CHECKPOINT = 'checkpoint '

/** The attachments as text, after what can be made again; empty where there are none. */
export function attachmentsText({ signed, annexes }: Attachments): string {
  if (!signed && annexes.length === 0) return ''
  const lines = [
    BEGIN_ATTACHMENTS,
    'What stands from here on is no part of what can be made again from the book, and is not proven by what stands above.',
    ...(signed ? [`${CHECKPOINT}${JSON.stringify(signed)}`] : []),
    ...annexes,
  ]
  return `${lines.join('\n')}\n`
}

/** The signed checkpoint among a packet's attachments. @throws CliError where it cannot be read. */
export function attachedCheckpoint(attachments: readonly string[]): SignedCheckpoint | undefined {
  const line = attachments.find((each) => each.startsWith(CHECKPOINT))
  if (line === undefined) return undefined
  const value = jsonFrom(line.slice(CHECKPOINT.length), 'The attached checkpoint') as Partial<SignedCheckpoint> | null
  const { checkpoint, verifierKey } = value ?? {}
  if (typeof checkpoint === 'string' && typeof verifierKey === 'string') return { checkpoint, verifierKey }
  throw new CliError('The attached checkpoint cannot be read.', EXIT.difference)
}

/** Who the people of a packet are, and what they said, as far as it can be read here. */
export async function namesAnnex(
  client: Client,
  { community }: PacketHeader,
  reproducible: string,
): Promise<readonly string[]> {
  const lines = ['', '# Annex: names and words', '']
  for (const [, label, id = ''] of reproducible.matchAll(/^- (P\d+) is (person_[\w-]{22})$/gm)) {
    const { person } = (await client.ask(community, 'person', { person: id })) as unknown as { person: PersonTold }
    lines.push(`- ${label} is ${person.name ?? '(erased)'}`)
  }
  const said = new Set<string>()
  for (const [, revision = ''] of reproducible.matchAll(/\(revision (\d+)\)[^\n]*Their words are sealed/g))
    said.add(revision)
  for (const revision of said) {
    const page = await client.ask(community, 'audit', { after: Number(revision) - 1, limit: 1 })
    const [event] = (page as unknown as { entries: readonly EventTold[] }).entries
    const words = [event?.data.text, event?.data.reason, event?.data.words].filter((text) => typeof text === 'string')
    if (event && words.length > 0) lines.push(`- Revision ${revision}, in their words: “${words.join(' ')}”`)
  }
  return lines
}

interface Own {
  readonly matters: readonly { readonly matter: string; readonly records: readonly { readonly record: unknown }[] }[]
}

/** The private matters of whoever asks, in the window and about the same: for their own copy alone. */
export async function mattersAnnex(client: Client, header: PacketHeader): Promise<readonly string[]> {
  const { community, from, through, people, roles, circles } = header
  const scope = { person: people, role: roles, circle: circles }
  const { matters } = (await client.ask(community, 'my-replay-window', {
    ...scope,
    from,
    through,
    limit: 1,
  })) as unknown as Own
  return [
    '',
    '# Annex: private matters of whoever asked for this copy',
    '',
    'Only their parties may read these. Each can be checked with `hearthbook verify-matter`.',
    ...matters.map((matter) => `matter ${JSON.stringify(matter)}`),
    ...(matters.length === 0 ? ['', 'None in this window.'] : []),
  ]
}
