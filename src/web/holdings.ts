import { type ComponentChildren, h, type JSX } from 'preact'
import type { Holding, Person } from './answers.ts'
import { when } from './dates.ts'
import type { Reader } from './reader.ts'

/** A person by name, as a link to their page. */
export function personLink(reader: Reader, { id, name, erased }: Person): JSX.Element {
  return h('a', { href: reader.at(`/people/${id}`, reader.dials) }, erased || name === null ? 'Former member' : name)
}

export function roleLink(reader: Reader, { id, name }: { readonly id: string; readonly name: string }): JSX.Element {
  return h('a', { href: reader.at(`/roles/${id}`, reader.dials) }, name)
}

/** A cell that keeps its heading where the table stacks up on a narrow screen. */
export function cell(label: string, content: ComponentChildren, name?: string): JSX.Element {
  return h('td', { role: 'cell', 'data-label': label, ...(name ? { class: name } : {}) }, h('div', null, content))
}

/** A table that stacks up on a narrow screen. The roles say that it is one even then. */
export function table(
  caption: ComponentChildren,
  headings: readonly (readonly [heading: string, width?: string])[],
  rows: readonly JSX.Element[],
  name = '',
): JSX.Element {
  return h(
    'table',
    { role: 'table', class: `stacks ${name}`.trim() },
    h('caption', null, caption),
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        headings.map(([heading, width]) =>
          h('th', { role: 'columnheader', scope: 'col', ...(width ? { class: width } : {}) }, heading),
        ),
      ),
    ),
    h('tbody', { role: 'rowgroup' }, rows),
  )
}

export function row(...cells: readonly JSX.Element[]): JSX.Element {
  return h('tr', { role: 'row' }, ...cells)
}

/** What a holding is beside an ordinary one, in words. */
export function marks({ kind, status, certainty, disputed, onBehalfOf }: Holding): readonly string[] {
  const all = [
    kind === 'holder'
      ? ''
      : kind === 'acting' && onBehalfOf
        ? `acting for ${onBehalfOf.name ?? 'a former member'}`
        : kind,
    status === 'held' ? '' : status.replaceAll('-', ' '),
    certainty === 'possible' ? 'possibly: the day is not known' : '',
    disputed ? 'disputed' : '',
  ]
  return all.filter((mark) => mark !== '')
}

/** Until before which day a holding goes, or what is known of its end. */
export function endOf({ to, termEnd }: Holding): ComponentChildren {
  if (to !== null) return when(to)
  return termEnd === null ? 'still held' : ['still held', h('span', { class: 'small' }, 'term until ', when(termEnd))]
}

/** What a holding rests on. The events are for those who may read the trail. */
export function restsOn(reader: Reader, holding: Holding): ComponentChildren {
  const { basis, source, evidence } = holding
  const [event] = evidence
  const words = source ?? (basis === 'decided' ? 'decided here' : basis)
  const text = event && reader.signedIn ? h('a', { href: reader.at(`/audit/${event}`) }, words) : words
  return [
    marks(holding).map((mark) => h('span', { class: 'mark' }, mark)),
    text,
    source !== null && basis !== 'imported' ? h('span', { class: 'small' }, basis) : null,
  ]
}
