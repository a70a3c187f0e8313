import { canonicalText } from '../../engine/canonical.ts'
import { OfflineBook } from '../../engine/offline-book.ts'
import type { Registry } from '../../kernel/registry.ts'
import type { HoldingTold, StepTold, WalkTold } from '../replay/answers.ts'
import {
  apartWords,
  becauseWords,
  eventWords,
  momentWords,
  rosterWords,
  type Wording,
  walkWords,
} from '../replay/words.ts'
import { HOW_TO_CHECK, WHAT_IT_PROVES } from './guidance.ts'
import { BEGIN_DATA, type CarriedRecord, digestLine, END_DATA, type PacketHeader, recordLine } from './packet-file.ts'
import { PeopleLabels } from './people-labels.ts'
import { type DateTold, datesOf, wholeWalk } from './told.ts'

const REMARKS = [
  'CorrectionProposed',
  'RecordCorrected',
  'RecordDisputed',
  'RecordAttested',
  'RecordAnnotated',
  'ImportWithdrawn',
  'PeopleMerged',
  'NotAgreedSaid',
]

/**
 * The text of a packet, up to and with its digest. It is made of the header and the records it carries and of nothing
 * else, so that whoever checks it makes it again and compares.
 */
export async function composePacket(
  header: PacketHeader,
  records: readonly CarriedRecord[],
  registry: Registry,
): Promise<string> {
  const book = new OfflineBook(
    header.community,
    registry,
    records.map(({ record }) => record),
  )
  const labels = new PeopleLabels()
  const revisions = new Map(book.events().map(({ id, revision }) => [id, revision]))
  const wording: Wording = {
    person: (person) => labels.of(person),
    meaning: (type) => registry.events.get(type)?.summary,
    revisionOf: (eventId) => revisions.get(eventId),
  }
  const walk = await wholeWalk(header, book)
  const dates = await datesOf(header, book)
  const lines = [
    `# Record packet: ${header.community}, ${header.from} to ${header.through}`,
    '',
    ...aboutLines(header, records, book),
    '',
    '## In short',
    '',
    ...inShort(walk, dates, wording),
    '',
    '## Who held what on chosen dates',
    '',
    ...dates.flatMap((date) => [...dateLines(date, wording), '']),
    '## Corrections, disputes and other words on the record',
    '',
    ...remarkLines(walk, wording),
    '',
    '## What happened, moment by moment',
    '',
    ...walkWords(walk, wording),
    '',
    '## Who is who',
    '',
    'Names are sealed in the book and stand nowhere above. An annex may name people; it is no part of what can be checked.',
    '',
    ...[...labels.entries()].map(([id, label]) => `- ${label} is ${id}`),
    '',
    '## How to check this',
    '',
    ...HOW_TO_CHECK,
    '',
    '## What it proves, and what not',
    '',
    ...WHAT_IT_PROVES,
    '',
    BEGIN_DATA,
    canonicalText(header),
    ...records.map(recordLine),
    END_DATA,
  ]
  const before = `${lines.join('\n')}\n`
  return `${before}${digestLine(before)}`
}

function aboutLines(header: PacketHeader, records: readonly CarriedRecord[], book: OfflineBook): readonly string[] {
  const { people, roles, circles, size, root } = header
  const ids = [...people, ...roles, ...circles]
  const last = book.event(size - 1)
  return [
    `- About: ${ids.length === 0 ? 'everything' : ids.join(', ')}`,
    `- The book has ${size} records, the last of ${last?.recordedAt ?? 'an unknown time'}. ${records.length} of them bear on this and are carried here.`,
    `- Head of the chain: ${records.at(-1)?.record.hash ?? ''}`,
    `- Root over all ${size} records: ${root}`,
  ]
}

function dateLines({ date, then, now, apart }: DateTold, wording: Wording): readonly string[] {
  return [
    `### ${date}`,
    '',
    ...rosterWords({ so: now, shown: then }, wording),
    ...apart.map((each) => `- Why the two differ: ${apartWords(each, wording)}`),
  ]
}

function inShort({ steps }: WalkTold, dates: readonly DateTold[], wording: Wording): readonly string[] {
  const recorded = steps.flatMap((step) => step.recorded)
  const names = (held: readonly HoldingTold[]) =>
    held.length === 0 ? 'nobody' : held.map(({ person, role }) => `${wording.person(person)} (${role.name})`).join(', ')
  return [
    `${counted(recorded.length, 'event')} about this ${recorded.length === 1 ? 'was' : 'were'} recorded in the window.`,
    ...dates.map(({ date, then, now, apart }) =>
      names(then) === names(now)
        ? `On ${date}: ${names(now)}. The record of that day says the same.`
        : `On ${date}: ${names(now)}, by all that is known. The record of that day said: ${names(then)}. ${apart
            .map(({ because }) => becauseWords(because))
            .filter((words, i, all) => words !== '' && all.indexOf(words) === i)
            .join(' ')}`.trim(),
    ),
  ].map((line) => `- ${line}`)
}

function remarkLines({ steps }: WalkTold, wording: Wording): readonly string[] {
  const found = steps.flatMap(({ recorded }: StepTold) => recorded.filter(({ type }) => REMARKS.includes(type)))
  return found.length === 0
    ? ['None in the window.']
    : found.map((event) => `- ${momentWords(event.recordedAt)}: ${eventWords(event, wording)}`)
}

function counted(n: number, one: string): string {
  return `${n} ${n === 1 ? one : `${one}s`}`
}
