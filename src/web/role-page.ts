import { type ComponentChildren, h, type JSX } from 'preact'
import type { HistoryAnswer, RoleAnswer, RosterAnswer } from './answers.ts'
import { when } from './dates.ts'
import { dials } from './dials.ts'
import { historyTable } from './history.ts'
import { marks, personLink } from './holdings.ts'
import { foot, pointWords } from './point.ts'
import type { Reader } from './reader.ts'
import { page } from './shell.ts'

/** One role: who held it on a day, what it is for, and everybody who ever held it. */
export async function rolePage(reader: Reader, role: string): Promise<string> {
  const answer = await reader.ask<RoleAnswer>('role', { role })
  const { id, name } = answer.role
  const now = await reader.ask<RosterAnswer>('roster', {}, { role: id })
  const history = await reader.ask<HistoryAnswer>('role-history', {}, { role: id })
  return page(
    { title: name, community: await reader.place() },
    h('h1', null, name),
    h('p', { class: 'lead' }, `${answer.circle.name}. ${pointWords(answer, reader.pinned)}`),
    dials(reader.at(`/roles/${id}`), reader.query, answer.asOf),
    h('h2', null, 'Held by'),
    holders(reader, now),
    wording(answer),
    historyTable(reader, 'Everybody who held it', 'role', history.spells),
    reader.signedIn
      ? h(
          'p',
          { class: 'more' },
          h('a', { href: reader.at('/audit', { role: id }) }, 'What the audit trail says of this role'),
        )
      : null,
    foot(answer, reader.forEver(`/roles/${id}`, answer)),
  )
}

function holders(reader: Reader, { holders: held }: RosterAnswer): JSX.Element {
  if (held.length === 0) return h('p', { class: 'none' }, 'Nobody then, as far as the record knows.')
  return h(
    'ul',
    null,
    held.map((holding) =>
      h(
        'li',
        null,
        personLink(reader, holding.person),
        ', since ',
        when(holding.from),
        ' ',
        marks(holding).map((mark) => h('span', { class: 'mark' }, mark)),
      ),
    ),
  )
}

/** What the role is for, as it was worded at the moment asked about. */
function wording({ wordings, imported, asOf }: RoleAnswer): JSX.Element {
  const then =
    wordings.findLast(({ from }) => from === null || asOf === undefined || Date.parse(from) <= Date.parse(asOf)) ??
    wordings.at(-1)
  const all: [string, ComponentChildren][] = []
  if (then?.purpose) all.push(['For', then.purpose])
  if (then && then.responsibilities.length > 0) all.push(['Looks after', list(then.responsibilities)])
  if (then && then.mandate.may.length > 0) all.push(['May', list(then.mandate.may)])
  if (then && then.mandate.mayNot.length > 0) all.push(['May not', list(then.mandate.mayNot)])
  if (then?.seats) all.push(['Seats', String(then.seats)])
  if (then?.termDays) all.push(['Term', `${then.termDays} days`])
  if (all.length === 0)
    return h(
      'p',
      { class: 'small' },
      imported
        ? 'The role is known from a record kept elsewhere, which says nothing of what it is for.'
        : 'Nothing is said of what it is for.',
    )
  return h(
    'dl',
    null,
    all.flatMap(([term, said]) => [h('dt', null, term), h('dd', null, said)]),
  )
}

function list(items: readonly string[]): ComponentChildren {
  return items.join('; ')
}
