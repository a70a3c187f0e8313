import { h, type JSX } from 'preact'
import type { HistoryAnswer, PersonAnswer } from './answers.ts'
import { when } from './dates.ts'
import { dials } from './dials.ts'
import { historyTable } from './history.ts'
import { foot, pointWords } from './point.ts'
import type { Reader } from './reader.ts'
import { page } from './shell.ts'

/** One person: what they ever held, and since when they are known. */
export async function personPage(reader: Reader, person: string): Promise<string> {
  const answer = await reader.ask<PersonAnswer>('person', { person })
  const history = await reader.ask<HistoryAnswer>('person-history', { person })
  const { id, name, erased } = answer.person
  const called = erased || name === null ? 'Former member' : name
  const days = history.days.toLocaleString('en')
  return page(
    { title: called, community: await reader.place() },
    h('h1', null, called),
    h('p', { class: 'lead' }, pointWords(answer, reader.pinned)),
    erased
      ? h('p', null, 'Their name and their words were erased at their wish. What they held stays true.')
      : facts(answer),
    dials(reader.at(`/people/${id}`), reader.query, answer.asOf),
    historyTable(reader, 'Roles held', 'person', history.spells),
    h(
      'p',
      { class: 'small more' },
      `Held something on ${days} ${history.days === 1 ? 'day' : 'days'} up to that day, counting no day twice.`,
    ),
    reader.signedIn
      ? h('p', null, h('a', { href: reader.at('/audit', { person: id }) }, `What the audit trail says of ${called}`))
      : null,
    foot(answer, reader.forEver(`/people/${id}`, answer)),
  )
}

function facts({ person, member, knownSince, joinedAt, leftAt, onLeave, names }: PersonAnswer): JSX.Element {
  const all: [string, JSX.Element | string | (JSX.Element | string)[]][] = []
  if (person.handle !== null && person.handle !== person.name) all.push(['Known as', person.handle])
  if (joinedAt !== null) all.push([member ? 'Member since' : 'Joined', when(joinedAt)])
  if (leftAt !== null) all.push(['Left', when(leftAt)])
  if (onLeave)
    all.push([
      'On leave',
      ['since ', when(onLeave.from), ...(onLeave.to === null ? [] : [' until before ', when(onLeave.to)])],
    ])
  if (joinedAt === null) all.push(['Member', 'not on that day'])
  if (knownSince !== null) all.push(['In the record since', when(knownSince)])
  const earlier = [...new Set(names.map(({ name }) => name))].filter((name) => name !== null && name !== person.name)
  if (earlier.length > 0) all.push(['Also called', earlier.join(', ')])
  return h(
    'dl',
    null,
    all.flatMap(([term, said]) => [h('dt', null, term), h('dd', null, said)]),
  )
}
