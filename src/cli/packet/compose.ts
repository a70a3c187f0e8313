import { canonicalText } from '../../engine/canonical.ts'
import { OfflineBook } from '../../engine/offline-book.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Registry } from '../../kernel/registry.ts'
import { CliError, EXIT } from '../exits.ts'
import type { DifferencesTold, HoldingTold, StepTold, WalkTold } from '../replay/answers.ts'
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

const STEPS_A_PAGE = 500
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

interface DateTold {
  readonly date: string
  readonly then: readonly HoldingTold[]
  readonly now: readonly HoldingTold[]
  readonly apart: DifferencesTold['differences']
}

/** The roster of each chosen date: as the record had it on that date, as it has it now, and why they differ. */
async function datesOf({ dates, ...scope }: PacketHeader, book: OfflineBook): Promise<readonly DateTold[]> {
  const told: DateTold[] = []
  for (const date of dates) {
    const params = { ...scopeParams(scope), thenAsOf: date }
    const asked = await ask<DifferencesTold>(book, 'differences', params, { asOf: date, asKnownAt: date })
    const walk = { ...scopeParams(scope), from: date, through: date, limit: 1 }
    const { opening } = await ask<WalkTold>(book, 'replay-window', walk)
    // A day ends after it began: what was recorded on it is known by its end, not as it begins.
    const then = applied(opening.so, asked.differences)
    told.push({ date, then, now: opening.so, apart: asked.differences })
  }
  return told
}

/** The roster of which the differences make this one. */
function applied(now: readonly HoldingTold[], differences: DifferencesTold['differences']): readonly HoldingTold[] {
  const before = new Map(now.map((holding) => [holding.holdingId, holding]))
  for (const { before: was, after } of differences) {
    if (was) before.set(was.holdingId, was)
    else if (after) before.delete(after.holdingId)
  }
  return [...before.values()].sort((a, b) => (a.holdingId < b.holdingId ? -1 : 1))
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

/** A walk of all its pages. */
async function wholeWalk({ from, through, ...scope }: PacketHeader, book: OfflineBook): Promise<WalkTold> {
  const params = { ...scopeParams(scope), from, through, limit: STEPS_A_PAGE }
  let walk = await ask<WalkTold>(book, 'replay-window', params)
  while (walk.next !== null) {
    const page = await ask<WalkTold>(book, 'replay-window', { ...params, after: walk.next })
    walk = { ...page, opening: walk.opening, steps: [...walk.steps, ...page.steps] }
  }
  return walk
}

function scopeParams({ people, roles, circles }: Pick<PacketHeader, 'people' | 'roles' | 'circles'>) {
  return { person: people, role: roles, circle: circles }
}

async function ask<A>(book: OfflineBook, name: string, params: object, point: object = {}): Promise<A> {
  const answer = await book.ask(name, params, point)
  if (isRefusal(answer)) throw new CliError(`${answer.code}: ${answer.message}`, EXIT.usage)
  return answer as A
}

function counted(n: number, one: string): string {
  return `${n} ${n === 1 ? one : `${one}s`}`
}
