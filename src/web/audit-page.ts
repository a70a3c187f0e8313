import { h } from 'preact'
import type { AuditAnswer, Entry } from './answers.ts'
import { when } from './dates.ts'
import { choice, dayField } from './dials.ts'
import { cell, row, table } from './holdings.ts'
import { foot, pointWords } from './point.ts'
import type { Query, Reader } from './reader.ts'
import { page } from './shell.ts'
import { about, actorOf, type Names, namesFor, typeWords, viaWords } from './trail.ts'

const PAGE = '50'

/** The audit trail: who did what when, page by page. */
export async function auditPage(reader: Reader): Promise<string> {
  const { person, role, circle, type, from, through, after } = reader.query
  const filters = { person, role, circle, type, from, through }
  const answer = await reader.ask<AuditAnswer>('audit', {}, { ...filters, after, limit: PAGE })
  const names = await namesFor(reader)
  const next =
    answer.next === null
      ? undefined
      : { ...filters, after: String(answer.next), knownBy: reader.query.knownBy, atRevision: String(answer.atRevision) }
  return page(
    { title: 'Audit trail', community: await reader.place('audit') },
    h('h1', null, 'Audit trail'),
    h(
      'p',
      { class: 'lead' },
      'Who did what, when, by which way, and on what it rests. Nothing here is ever edited: what was wrong is corrected by a later record. ',
      reader.pinned ? pointWords(answer, true) : null,
    ),
    form(reader, filters, names),
    answer.entries.length === 0
      ? h('p', { class: 'none' }, 'The record has nothing of this.')
      : table(
          'Records, oldest first',
          [['What', 'name'], ['About'], ['By', 'date'], ['Recorded', 'date']],
          answer.entries.map((entry) => entryRow(reader, entry, names)),
          'trail',
        ),
    next ? h('p', { class: 'more' }, h('a', { href: reader.at('/audit', next), rel: 'next' }, 'Later records')) : null,
    foot(answer, reader.forEver('/audit', answer, { ...filters, after })),
  )
}

function entryRow(reader: Reader, entry: Entry, names: Names) {
  const { id, revision, type, recordedAt, via, remarks, person } = entry
  const said = remarks.map((remark) => h('span', { class: 'mark' }, typeWords(remark.type).toLowerCase()))
  return row(
    cell(
      'What',
      [
        h('a', { href: reader.at(`/audit/${id}`) }, typeWords(type)),
        h('span', { class: 'small' }, `revision ${revision}`),
        said,
      ],
      'name-cell',
    ),
    cell('About', about(reader, entry, names)),
    cell('By', [actorOf(reader, entry), person ? h('span', { class: 'small' }, viaWords(via)) : null]),
    cell('Recorded', when(recordedAt)),
  )
}

function form(reader: Reader, { person, role, circle, type, from, through }: Query, { roles, circles, people }: Names) {
  const named = (all: Iterable<{ readonly name: string }>) =>
    [...new Set([...all].map(({ name }) => name))].toSorted((a, b) => a.localeCompare(b, 'en'))
  // A person and a role may come by id from their pages; the form shows their names.
  const personName = person === undefined ? undefined : (people.get(person)?.name ?? person)
  const roleName = role === undefined ? undefined : (roles.get(role)?.name ?? role)
  const { knownBy } = reader.query
  return h(
    'form',
    { method: 'get', action: reader.at('/audit'), class: 'dials', 'aria-label': 'What to show' },
    h(
      'div',
      { class: 'field wide' },
      h('label', { for: 'person' }, 'Person'),
      h('input', { id: 'person', name: 'person', value: personName ?? '', autocomplete: 'off' }),
    ),
    choice('role', 'Role', 'All roles', named(roles.values()), roleName),
    choice('circle', 'Circle', 'All circles', named(circles.values()), circle),
    dayField('from', 'Recorded from', from),
    dayField('through', 'Recorded through', through),
    h('button', { type: 'submit' }, 'Show'),
    h(
      'details',
      { open: knownBy !== undefined || type !== undefined },
      h('summary', null, 'One kind of record, or as the record stood earlier'),
      h(
        'div',
        { class: 'fields' },
        h(
          'div',
          { class: 'field wide' },
          h('label', { for: 'type' }, 'Kind of record'),
          h('input', {
            id: 'type',
            name: 'type',
            value: type ?? '',
            placeholder: 'HoldingImported',
            autocomplete: 'off',
          }),
        ),
        dayField('knownBy', 'Known by the end of', knownBy, 'What was said about a record later is left out.'),
      ),
    ),
  )
}
