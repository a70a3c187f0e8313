import { type ComponentChildren, h, type JSX } from 'preact'
import { dayOf } from './dates.ts'
import type { Query } from './reader.ts'

/** A choice among names; an empty one leaves it open. */
export function choice(
  name: string,
  label: string,
  all: string,
  options: readonly string[],
  chosen: string | undefined,
): JSX.Element {
  const known = chosen === undefined || options.includes(chosen) ? options : [chosen, ...options]
  return h(
    'div',
    { class: 'field wide' },
    h('label', { for: name }, label),
    h(
      'select',
      { id: name, name },
      h('option', { value: '' }, all),
      known.map((option) => h('option', { value: option, selected: option === chosen }, option)),
    ),
  )
}

/** A field for a day. */
export function dayField(name: string, label: string, value: string | undefined, hint?: string): JSX.Element {
  return h(
    'div',
    { class: 'field' },
    h('label', { for: name }, label),
    h('input', {
      type: 'date',
      id: name,
      name,
      ...(value === undefined ? {} : { value: dayOf(value) }),
      ...(hint === undefined ? {} : { 'aria-describedby': `${name}-hint` }),
    }),
    hint === undefined ? null : h('p', { class: 'hint', id: `${name}-hint` }, hint),
  )
}

/** The two dials: what was so on a day, and what the record said by another. */
export function dials(
  action: string,
  { knownBy }: Query,
  asOf: string | undefined,
  ...filters: ComponentChildren[]
): JSX.Element {
  return h(
    'form',
    { method: 'get', action, class: 'dials', 'aria-label': 'What to show' },
    dayField('asOf', 'On', asOf),
    ...filters,
    h('button', { type: 'submit' }, 'Show'),
    h(
      'details',
      { open: knownBy !== undefined },
      h('summary', null, 'As the record stood earlier'),
      dayField('knownBy', 'Known by the end of', knownBy, 'What was recorded or corrected later is left out.'),
    ),
  )
}
