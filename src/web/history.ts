import { h, type JSX } from 'preact'
import type { Spell } from './answers.ts'
import { when } from './dates.ts'
import { cell, endOf, personLink, restsOn, roleLink, row, table } from './holdings.ts'
import type { Reader } from './reader.ts'

const STATES = { running: 'held', 'possibly-running': 'possibly held', ended: 'over', 'to-come': 'yet to begin' }

/** Spells one after the other: of a person by role, of a role by person. */
export function historyTable(
  reader: Reader,
  caption: string,
  of: 'person' | 'role',
  spells: readonly Spell[],
): JSX.Element {
  if (spells.length === 0) return h('p', { class: 'none' }, 'Nothing, as far as the record knows.')
  const first = of === 'person' ? 'Role' : 'Who'
  const rows = spells.map((spell) =>
    row(
      of === 'person'
        ? cell(first, [roleLink(reader, spell.role), h('span', { class: 'small' }, spell.circle.name)], 'name-cell')
        : cell(first, personLink(reader, spell.person), 'name-cell'),
      cell('Since', when(spell.from)),
      cell('Until before', endOf(spell)),
      cell('On that day', STATES[spell.state]),
      cell('Rests on', restsOn(reader, spell)),
    ),
  )
  const headings = [
    [first, 'name'],
    ['Since', 'date'],
    ['Until before', 'date'],
    ['On that day', 'date'],
    ['Rests on'],
  ] as const
  return table(caption, headings, rows, 'holdings')
}
