import { DAY_MS, dateBounds, dayText, parseDate } from '../../../kernel/dates.ts'
import { Answers } from './answers.ts'
import { layoutOf } from './columns.ts'
import { type Entry, entriesOf } from './entries.ts'
import type { GridRow } from './grid.ts'
import { Notes } from './notes.ts'
import { type KnownPerson, People } from './people.ts'
import { Spellings } from './spellings.ts'
import { Calendar } from './when.ts'

/** What a row claims happened. */
export interface Claim {
  readonly line: number
  readonly memberId: string
  readonly memberName: string
  readonly role: string
  /** By its name. */
  readonly circle: string
  readonly kind: string
  readonly from: string
  /** First day no longer held; null while it goes on. */
  readonly to: string | null
  readonly source: string
}

/** What the community knows before the import. */
export interface Around {
  /** Key and name of the circle rows belong to that name none: the community itself. */
  readonly whole: { readonly key: string; readonly name: string }
  readonly people: readonly KnownPerson[]
  /** Its circles, each with what rows name it by: its key in a record, or the id of one formed here. */
  readonly circles: readonly { readonly ref: string; readonly name: string }[]
  readonly roles: readonly string[]
}

export interface Reading {
  /** What the rows claim, as far as no question is open about them. */
  readonly claims: readonly Claim[]
  readonly answers: Answers
  readonly notes: Notes
}

interface Draft extends Claim {
  /** The row says nothing of an end. */
  readonly silent: boolean
}

const LAST = 'last day held'
const FIRST = 'first day no longer held'

/**
 * Makes claims of the rows of a table. What can be read in more ways than one is asked, and what a row does not say is
 * never made up: a row with an open question claims nothing yet.
 */
export function readClaims(
  name: string,
  rows: readonly GridRow[],
  given: { readonly answers: ReadonlyMap<string, string>; readonly columns: Readonly<Record<string, string>> },
  around: Around,
): Reading {
  const answers = new Answers(given.answers)
  const notes = new Notes()
  const layout = layoutOf(rows, given.columns, answers)
  if (!layout) return { claims: [], answers, notes }
  for (const heading of layout.unused) notes.add(`nothing is made of the column "${heading}"`)
  const entries = entriesOf(layout, answers, notes)
  const calendar = new Calendar(entries, answers, notes)
  const drafts = draftsOf(name, entries, around, calendar, answers, notes)
  const ended = withLastDays(withEnds(drafts, calendar, notes), answers)
  return { claims: once(ended, notes), answers, notes }
}

function draftsOf(
  file: string,
  entries: readonly Entry[],
  around: Around,
  calendar: Calendar,
  answers: Answers,
  notes: Notes,
): readonly Draft[] {
  const people = new People(entries, around.people, answers, notes)
  const offices = entries.map(({ role: text, line }) => ({ text, line }))
  const roles = new Spellings('role', offices, { known: around.roles }, answers, notes)
  const aliases = new Map(around.circles.map(({ ref, name }) => [ref, name]))
  const named = entries.flatMap(({ circle: text, line }) => (text === '' ? [] : [{ text, line }]))
  const circles = new Spellings(
    'circle',
    named,
    { known: around.circles.map(({ name }) => name), aliases },
    answers,
    notes,
  )
  return entries.flatMap((entry) => {
    const { line, kind, source } = entry
    const person = people.of(entry)
    const role = roles.of(entry.role)
    const circle = entry.circle === '' ? around.whole.name : circles.of(entry.circle)
    if (entry.circle === '') notes.add(`without a circle: put into "${around.whole.name}", the whole community`, line)
    const who = `${person?.name ?? entry.name}, ${role ?? entry.role}`
    const [begins, ends] = calendar.cellsOf(entry)
    const from = calendar.begin(begins, who, line)
    const to = calendar.end(ends, who, line)
    if (from === 'leave out' || to === 'leave out') notes.add('is left out, as was answered', line)
    if (!person || role === undefined || circle === undefined || !from || !to) return []
    if (from === 'leave out' || to === 'leave out' || from.date === null) return []
    const said = source === '' ? `${file}, line ${line}` : `${source} (${file}, line ${line})`
    const whose = { memberId: person.id, memberName: person.name }
    return [
      { line, ...whose, role, circle, kind, from: from.date, to: to.date, source: said, silent: to.silent ?? false },
    ]
  })
}

/** Where a row is silent about its end and somebody else begins in the role later, a person has to say. */
function withEnds(drafts: readonly Draft[], calendar: Calendar, notes: Notes): readonly Draft[] {
  const byRole = Map.groupBy(drafts, ({ role, circle }) => JSON.stringify([role, circle]))
  return drafts.flatMap((draft) => {
    if (!draft.silent) return [draft]
    const next = nextAfter(draft, byRole.get(JSON.stringify([draft.role, draft.circle])) ?? [])
    if (!next) {
      notes.add('without an end: still held', draft.line)
      return [draft]
    }
    const who = `${draft.memberName}, ${draft.role}`
    const end = calendar.endBefore(who, draft.line, { who: next.memberName, from: next.from })
    // What stands in the column of the one who follows is the first day no longer held.
    return end ? [{ ...draft, to: end.date }] : []
  })
}

function nextAfter(draft: Draft, others: readonly Draft[]): Draft | undefined {
  const begins = dateBounds(draft.from).earliest
  return others
    .filter(({ memberId, kind, from }) => {
      return memberId !== draft.memberId && kind === draft.kind && dateBounds(from).earliest > begins
    })
    .reduce<Draft | undefined>((first, each) => {
      return first && dateBounds(first.from).earliest <= dateBounds(each.from).earliest ? first : each
    }, undefined)
}

/** An end in the record is the first day no longer held; tables mostly name the last day held. */
function withLastDays(drafts: readonly Draft[], answers: Answers): readonly Claim[] {
  const isDay = ({ to, silent }: Draft) => !silent && to !== null && parseDate(to)?.precision === 'day'
  const ended = drafts.filter(isDay)
  if (ended.length === 0) return drafts.map(claimOf)
  const answer = answers.ask({
    about: 'last day',
    question: `Where an end names a day, such as ${ended[0]?.to}, is that the last day held, or the first day no longer held?${evidence(ended, drafts)}`,
    choose: [LAST, FIRST],
    lines: ended.map(({ line }) => line),
  })
  if (answer === undefined) return drafts.filter((draft) => !isDay(draft)).map(claimOf)
  return drafts.map((draft) =>
    answer === LAST && isDay(draft) && draft.to !== null
      ? { ...claimOf(draft), to: dayAfter(draft.to) }
      : claimOf(draft),
  )
}

function evidence(ended: readonly Draft[], drafts: readonly Draft[]): string {
  const follows = (day: string, { role, circle }: Draft) =>
    drafts.find((other) => other.role === role && other.circle === circle && other.from === day)
  const sameDay = ended.find((draft) => draft.to !== null && follows(draft.to, draft))
  const nextDay = ended.find((draft) => draft.to !== null && follows(dayAfter(draft.to), draft))
  const says = (draft: Draft | undefined, when: string) =>
    draft ? ` After line ${draft.line} the next one begins ${when}.` : ''
  return says(sameDay, 'on the same day') + says(nextDay, 'on the day after')
}

function dayAfter(day: string): string {
  return dayText(dateBounds(day).earliest / DAY_MS + 1)
}

function claimOf({ silent: _, ...claim }: Draft): Claim {
  return claim
}

/** The same row twice is one holding, told twice. */
function once(claims: readonly Claim[], notes: Notes): readonly Claim[] {
  const first = new Map<string, number>()
  return claims.filter(({ line, source: _, memberName: __, ...what }) => {
    const key = JSON.stringify(what)
    const before = first.get(key)
    if (before === undefined) {
      first.set(key, line)
      return true
    }
    notes.add(`says what line ${before} says`, line)
    return false
  })
}
