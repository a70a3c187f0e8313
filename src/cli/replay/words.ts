import type {
  DifferenceTold,
  EventTold,
  ExplainedTold,
  HoldingTold,
  MomentTold,
  PersonTold,
  StepTold,
  WalkTold,
} from './answers.ts'

/** How people are called, and what an event of a type means in one sentence. */
export interface Wording {
  person(person: PersonTold): string
  meaning(type: string): string | undefined
  /** The revision of an event named by its id, where it is known. */
  revisionOf?(eventId: string): number | undefined
}

/** A walk in Markdown, which also reads well as it is: moment by moment what was recorded, what was so, what was shown. */
export function walkWords({ opening, steps, closing, next }: WalkTold, wording: Wording): readonly string[] {
  return [
    `### As it begins, ${momentWords(opening.at)}`,
    '',
    ...rosterWords(opening, wording),
    '',
    ...steps.flatMap((step, i) => [...stepWords(step, steps[i - 1], wording), '']),
    `### As it ends, ${momentWords(closing.at)}`,
    '',
    ...rosterWords(closing, wording),
    ...(next === null ? [] : ['', `There is more after ${next}.`]),
  ]
}

/** What was so and what the record showed at one moment; in one list where they are the same. */
export function rosterWords({ so, shown }: Omit<MomentTold, 'at'>, wording: Wording): readonly string[] {
  const [now, then] = [so, shown].map((held) => held.map((each) => `  - ${holdingWords(each, wording)}`))
  const list = (words: string, lines: readonly string[] = []) =>
    lines.length === 0 ? [`- ${words}: nobody.`] : [`- ${words}:`, ...lines]
  if (JSON.stringify(now) === JSON.stringify(then)) return list('It was so, and the record showed it', now)
  return [...list('It was so, by all that is known', now), ...list('The record of that moment showed', then)]
}

function stepWords(step: StepTold, before: StepTold | undefined, wording: Wording): readonly string[] {
  const { at, recorded, so, shown, apart } = step
  const same = JSON.stringify(so) === JSON.stringify(shown)
  // What was told at the moment before need not be told again while it stays.
  const told = new Set(before?.apart.map((each) => JSON.stringify(each)))
  const still = apart.length > 0 && apart.every((each) => told.has(JSON.stringify(each)))
  const together = (before?.apart.length ?? 0) > 0 && apart.length === 0
  return [
    `### ${momentWords(at)}`,
    '',
    ...recorded.map((event) => `- Recorded: ${eventWords(event, wording)}`),
    ...so.map((each) => `- ${changeWords(each, wording)}${same ? '; the record of that moment shows it' : ''}`),
    ...(same ? [] : shown.map((each) => `- In the record of that moment: ${changeWords(each, wording)}`)),
    ...apart
      .filter((each) => !told.has(JSON.stringify(each)))
      .map((each) => `- What was so and what the record showed are apart: ${apartWords(each, wording)}`),
    ...(still && so.length + shown.length > 0 ? ['- They are apart as before.'] : []),
    ...(together ? ['- From here on the record shows what was so.'] : []),
  ]
}

/** One holding in words: `Dee, kitty keeper of House, 2026-01-01 to 2026-03-15 (imported, disputed)`. */
export function holdingWords(holding: HoldingTold, wording: Wording): string {
  const { person, role, circle, kind, from, to, certainty, disputed, status, basis, onBehalfOf } = holding
  const also = [
    ...(kind === 'holder' ? [] : [kind]),
    ...(onBehalfOf ? [`for ${wording.person(onBehalfOf)}`] : []),
    ...(status === 'held' ? [] : [status]),
    basis,
    ...(certainty === 'certain' ? [] : [certainty]),
    ...(disputed ? ['disputed'] : []),
  ]
  const until = to === null ? 'on' : `to ${to}`
  return `${wording.person(person)}, ${role.name} of ${circle.name}, from ${from} ${until} (${also.join(', ')})`
}

/** A difference in words. */
export function changeWords({ before, after }: DifferenceTold, wording: Wording): string {
  if (before === null) return after === null ? 'Nothing' : `Begins: ${holdingWords(after, wording)}`
  if (after === null) return `Ends: ${holdingWords(before, wording)}`
  return `Otherwise: ${holdingWords(after, wording)}; before: ${holdingWords(before, wording)}`
}

/** Why the record of a moment and what is known now are apart. */
export function apartWords({ before, after, because }: ExplainedTold, wording: Wording): string {
  const what =
    before === null
      ? `the record of that moment did not have ${after ? holdingWords(after, wording) : 'it'}`
      : after === null
        ? `the record of that moment had ${holdingWords(before, wording)}`
        : `the record of that moment had ${holdingWords(before, wording)}; it is ${holdingWords(after, wording)}`
  return `${what}. ${becauseWords(because)}`
}

/** The events that explain a difference. */
export function becauseWords(because: ExplainedTold['because']): string {
  if (because.length === 0) return ''
  const events = because.map(
    ({ type, revision, how }) => `${type} (revision ${revision}${how === 'date' ? ', by a date it says' : ''})`,
  )
  return `Because of ${events.join(', ')}.`
}

/** An event in words: what it is, by whom, about which other one, with words of people where they can be read. */
export function eventWords(event: EventTold, wording: Wording): string {
  const { type, revision, person, actor, via, data, effectiveAt, recordedAt } = event
  const by = person ? wording.person(person) : actor
  const about = [data.targetEventId, data.noteEventId, data.eventId].find((id) => typeof id === 'string')
  const meaning = wording.meaning(type)
  return [
    `${type} by ${by}${via === 'operator-cli' && person ? ', given by the operator' : ''} (revision ${revision})`,
    ...(typeof about === 'string' ? [`About ${aboutWords(about, wording)}`] : []),
    ...(effectiveAt === recordedAt ? [] : [`True from ${effectiveAt}`]),
    ...newWords(data),
    ...saidWords(data),
    ...(meaning === undefined ? [] : [meaning.replace(/\.$/, '')]),
  ].join('. ')
}

function aboutWords(eventId: string, { revisionOf }: Wording): string {
  const revision = revisionOf?.(eventId)
  return revision === undefined ? `event ${eventId}` : `revision ${revision}`
}

/** What a correction makes an event say. */
function newWords({ replacement }: EventTold['data']): readonly string[] {
  if (replacement === null) return ['It says that it never happened']
  if (typeof replacement !== 'object') return []
  const { from, to } = replacement as { readonly from?: unknown; readonly to?: unknown }
  if (from === undefined) return []
  return [`It now reads from ${from}${to === undefined ? ' on' : ` to ${to}`}`]
}

function saidWords(data: EventTold['data']): readonly string[] {
  return ['text', 'reason', 'words'].flatMap((field) => {
    const said = data[field]
    if (said === undefined) return []
    return [typeof said === 'string' ? `In their words: “${said.replaceAll(/\s+/g, ' ')}”` : 'Their words are sealed']
  })
}

/** A moment as people read it; midnight is the day. */
export function momentWords(at: string): string {
  return at.endsWith('T00:00:00.000Z') ? at.slice(0, 10) : at.replace('T', ' ').replace(/(?:\.000)?Z$/, ' UTC')
}
