import type { ComponentChildren } from 'preact'
import type { Entry, Frame, Named, Person } from './answers.ts'
import { personLink, roleLink } from './holdings.ts'
import type { Reader } from './reader.ts'

/** Names for the ids events have in them. */
export interface Names {
  readonly people: ReadonlyMap<string, Person>
  readonly roles: ReadonlyMap<string, Named>
  readonly circles: ReadonlyMap<string, Named>
}

type Listed<K extends string, T> = Frame & { readonly [key in K]: readonly T[] }

export async function namesFor(reader: Reader): Promise<Names> {
  const byId = <T extends { readonly id: string }>(all: readonly T[]) => new Map(all.map((each) => [each.id, each]))
  const { people } = await reader.ask<Listed<'people', Person>>('people')
  const { roles } = await reader.ask<Listed<'roles', Named>>('roles')
  const { circles } = await reader.ask<Listed<'circles', Named>>('circles')
  return { people: byId(people), roles: byId(roles), circles: byId(circles) }
}

/** `HoldingImported` reads "Holding imported". */
export function typeWords(type: string): string {
  const words = type.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Whom and what an event is about: people first, then roles and circles. */
export function about(reader: Reader, { touches }: Entry, names: Names): ComponentChildren {
  const found = touches.flatMap((touch) => {
    const [kind = '', id = ''] = touch.split(':')
    const named = thing(reader, kind, id, names)
    return named === undefined ? [] : [named]
  })
  return found.flatMap((each, i) => (i === 0 ? [each] : [', ', each]))
}

function thing(reader: Reader, kind: string, id: string, { people, roles, circles }: Names): ComponentChildren {
  const [person, role, circle] = [people.get(id), roles.get(id), circles.get(id)]
  if (kind === 'member') return person ? personLink(reader, person) : undefined
  if (kind === 'role') return role ? roleLink(reader, role) : undefined
  return kind === 'circle' ? circle?.name : undefined
}

/** Who did it. */
export function actorOf(reader: Reader, { actor, person }: Pick<Entry, 'actor' | 'person'>): ComponentChildren {
  if (person) return personLink(reader, person)
  const [kind = '', label] = actor.split(':')
  const words: Readonly<Record<string, string>> = {
    operator: 'the operator',
    engine: 'the engine, by date',
    service: 'the service',
  }
  return label === undefined ? (words[kind] ?? actor) : `${words[kind] ?? kind} ${label}`
}

const VIA: Readonly<Record<string, string>> = {
  session: 'in person, signed in',
  token: 'with a token',
  'operator-cli': 'entered by the operator',
  timer: 'by the date',
}

/** By which way it came into the record. */
export function viaWords(via: string): string {
  return VIA[via] ?? via
}
