import { h, type JSX } from 'preact'
import type { Frame, Holding, Named, RosterAnswer } from './answers.ts'
import { dateWords, when } from './dates.ts'
import { choice, dials } from './dials.ts'
import { cell, endOf, personLink, restsOn, roleLink, row, table } from './holdings.ts'
import { foot, pointWords } from './point.ts'
import type { Reader } from './reader.ts'
import { page } from './shell.ts'

interface Roles extends Frame {
  readonly roles: readonly Named[]
}
interface Circles extends Frame {
  readonly circles: readonly Named[]
}

/** The roster on a day: who held which role, circle by circle. */
export async function rosterPage(reader: Reader): Promise<string> {
  const { circle, role } = reader.query
  const answer = await reader.ask<RosterAnswer>('roster', {}, { circle, role })
  const [roles, circles] = [await reader.ask<Roles>('roles'), await reader.ask<Circles>('circles')]
  const day = answer.asOf === undefined ? '' : dateWords(answer.asOf)
  const what = role ?? 'Roles'
  return page(
    { title: `${what} on ${day}`, community: await reader.place('roster') },
    h('h1', null, role === undefined ? 'Who holds which role' : `Who is ${role}`),
    h('p', { class: 'lead' }, pointWords(answer, reader.pinned)),
    dials(
      reader.at('/roster'),
      reader.query,
      answer.asOf,
      choice('circle', 'Circle', 'All circles', names(circles.circles), circle),
      choice('role', 'Role', 'All roles', names(roles.roles), role),
    ),
    answer.holders.length === 0
      ? h('p', { class: 'none' }, 'Nobody held any of these roles then, as far as the record knows.')
      : byCircle(answer.holders).map(([name, held]) => circleTable(reader, name, held)),
    h(
      'p',
      { class: 'small more' },
      'A holding begins on its first day and ends before the day it names. All days are UTC.',
    ),
    foot(answer, reader.forEver('/roster', answer, { circle, role })),
  )
}

function circleTable(reader: Reader, name: string, held: readonly Holding[]): JSX.Element {
  const rows = held.map((holding) =>
    row(
      cell('Who', personLink(reader, holding.person), 'name-cell'),
      cell('Role', roleLink(reader, holding.role)),
      cell('Since', when(holding.from)),
      cell('Until before', endOf(holding)),
      cell('Rests on', restsOn(reader, holding)),
    ),
  )
  const headings = [
    ['Who', 'name'],
    ['Role', 'name'],
    ['Since', 'date'],
    ['Until before', 'date'],
    ['Rests on'],
  ] as const
  return table(name, headings, rows, 'holdings')
}

function byCircle(holders: readonly Holding[]): readonly (readonly [string, readonly Holding[]])[] {
  const inOrder = holders.toSorted(
    (a, b) =>
      a.role.name.localeCompare(b.role.name, 'en') || (a.person.name ?? '').localeCompare(b.person.name ?? '', 'en'),
  )
  return [...Map.groupBy(inOrder, ({ circle }) => circle.name)].toSorted(([a], [b]) => a.localeCompare(b, 'en'))
}

function names(all: readonly Named[]): readonly string[] {
  return [...new Set(all.map(({ name }) => name))].toSorted((a, b) => a.localeCompare(b, 'en'))
}
