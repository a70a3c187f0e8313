import { type ComponentChildren, h, type JSX } from 'preact'
import type { Registry } from '../kernel/registry.ts'
import type { Entry, Frame, Remark } from './answers.ts'
import { when } from './dates.ts'
import { personLink, roleLink } from './holdings.ts'
import { foot } from './point.ts'
import type { Reader } from './reader.ts'
import { page } from './shell.ts'
import { actorOf, type Names, namesFor, typeWords, viaWords } from './trail.ts'

// What people look for; what only programs need stands behind.
const FIRST = ['personId', 'name', 'displayName', 'roleId', 'circleId', 'kind', 'from', 'to', 'source']

/** One record: what it says, who put it there, what was said about it later, and the hash by which it can be checked. */
export async function eventPage(reader: Reader, registry: Registry, id: string): Promise<string> {
  const answer = await reader.ask<Frame & { readonly event: Entry }>('event', { event: id })
  const { event } = answer
  const names = await namesFor(reader)
  return page(
    { title: `${typeWords(event.type)}, revision ${event.revision}`, community: await reader.place('audit') },
    h('h1', null, typeWords(event.type)),
    h('p', { class: 'lead' }, registry.events.get(event.type)?.summary ?? null),
    terms([
      ['By', [actorOf(reader, event), event.person ? `, ${viaWords(event.via)}` : null]],
      ['True from', when(event.effectiveAt)],
      ['Recorded', [when(event.recordedAt), `, as revision ${event.revision}`]],
      ['Rests on', event.basis],
    ]),
    h('h2', null, 'What it says'),
    said(reader, event.data, names),
    h('h2', null, 'What was said about it later'),
    event.remarks.length === 0
      ? h('p', null, 'Nothing: nobody corrected, disputed or attested it.')
      : event.remarks.map((remark) => remarkOf(reader, remark, names)),
    h('h2', null, 'How to check it'),
    h(
      'p',
      null,
      'The hash is of this very record and of the one before it. Whoever kept a receipt or a checkpoint can find out that none was changed, with ',
      h('code', null, 'hearthbook verify'),
      ' and no server.',
    ),
    terms([
      ['Hash', h('code', null, event.hash)],
      ['Record before', event.previous === null ? 'none: it is the first' : h('code', null, event.previous)],
      ['Id', h('code', null, event.id)],
    ]),
    foot(answer, reader.forEver(`/audit/${event.id}`, answer)),
  )
}

function remarkOf(reader: Reader, { type, recordedAt, by, data, eventId }: Remark, names: Names): JSX.Element {
  const person = names.people.get(by) ?? null
  return h(
    'section',
    null,
    h(
      'p',
      null,
      h('span', { class: 'mark' }, h('a', { href: reader.at(`/audit/${eventId}`) }, typeWords(type))),
      ' by ',
      actorOf(reader, { actor: by, person }),
      ', ',
      when(recordedAt),
    ),
    said(reader, data, names),
  )
}

function said(reader: Reader, data: Readonly<Record<string, unknown>>, names: Names): JSX.Element {
  const place = (field: string) => FIRST.indexOf(field) + 1 || FIRST.length + 1
  const inOrder = Object.entries(data).toSorted(([a], [b]) => place(a) - place(b))
  return terms(inOrder.map(([field, value]) => [fieldWords(field), contentOf(reader, value, names)]))
}

function contentOf(reader: Reader, value: unknown, names: Names): ComponentChildren {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'string') return textOf(reader, value, names)
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none'
    return h(
      'ul',
      null,
      value.map((each) => h('li', null, contentOf(reader, each, names))),
    )
  }
  if (typeof value !== 'object') return String(value)
  if ((value as { erased?: unknown }).erased === true) return 'erased'
  return said(reader, value as Readonly<Record<string, unknown>>, names)
}

function textOf(reader: Reader, text: string, { people, roles, circles }: Names): ComponentChildren {
  const [person, role, circle] = [people.get(text), roles.get(text), circles.get(text)]
  if (person) return personLink(reader, person)
  if (role) return roleLink(reader, role)
  if (circle) return circle.name
  if (/^\d{4}(-\d{2}(-\d{2}(T\S+)?)?)?$/.test(text)) return when(text)
  return /^(?=.*\d)[\w-]{17,}$/.test(text) ? h('code', null, text) : text
}

function terms(all: readonly (readonly [string, ComponentChildren])[]): JSX.Element {
  return h(
    'dl',
    null,
    all.flatMap(([term, content]) => [h('dt', null, term), h('dd', null, content)]),
  )
}

/** `personId` reads "Person", `sourceKey` "Source key". */
function fieldWords(field: string): string {
  return typeWords(field.replace(/(?<=[a-z])Ids?$/, ''))
}
