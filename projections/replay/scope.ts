import { z } from 'zod'
import type { Revision } from '../../src/kernel/book.ts'
import type { AskContext } from '../../src/kernel/define-question.ts'
import { isRefusal, type Refusal } from '../../src/kernel/refusal.ts'
import { circleParam, findCircle } from '../circles/circle-refs.ts'
import { findPerson, personParam } from '../people/person-refs.ts'
import { personIdsOf } from '../people/view.ts'
import { findRoles, roleParam } from '../roles/role-refs.ts'
import type { Selection } from '../roster/roster-on.ts'
import type { RosterViews } from '../roster/selecting.ts'

const MOST = 20

/** Whom and what a replay is about: several of each; of nothing named, everything. */
export const scopeParams = {
  person: z.array(personParam()).max(MOST).default([]).meta({ description: 'Only these people; may be repeated' }),
  role: z.array(roleParam()).max(MOST).default([]).meta({ description: 'Only these roles; may be repeated' }),
  circle: z.array(circleParam()).max(MOST).default([]).meta({ description: 'Only these circles; may be repeated' }),
}

export interface AskedScope {
  readonly person: readonly string[]
  readonly role: readonly string[]
  readonly circle: readonly string[]
}

/** What a replay is about, by ids; undefined leaves open. */
export interface Scope {
  /** The people as the record knows them last. */
  readonly personIds?: readonly string[]
  readonly roleIds?: ReadonlySet<string>
  readonly circleIds?: ReadonlySet<string>
}

/** Turns names into ids. @returns a refusal naming the first that is unknown or could be several. */
export function scopeOf(
  views: RosterViews,
  { person, role, circle }: AskedScope,
  context: AskContext,
): Scope | Refusal {
  const personIds: string[] = []
  for (const ref of person) {
    const found = findPerson(views.people, ref, context)
    if (isRefusal(found)) return found
    personIds.push(found.id)
  }
  const roleIds = new Set<string>()
  for (const ref of role) {
    const found = findRoles(views.roles, ref, context)
    if (isRefusal(found)) return found
    for (const id of found) roleIds.add(id)
  }
  const circleIds = new Set<string>()
  for (const ref of circle) {
    const found = findCircle(views.circles, ref, context)
    if (isRefusal(found)) return found
    circleIds.add(found)
  }
  return {
    ...(person.length === 0 ? {} : { personIds }),
    ...(role.length === 0 ? {} : { roleIds }),
    ...(circle.length === 0 ? {} : { circleIds }),
  }
}

/** The holdings of a scope as the record knew its people at a revision: who was two then is asked about as two. */
export function selectionAt(
  views: RosterViews,
  { personIds, roleIds, circleIds }: Scope,
  revision: Revision,
): Selection {
  if (personIds === undefined) return { roleIds, circleIds }
  const ids = personIds.flatMap((id) => {
    const person = views.people.people.get(id)
    return person ? [...personIdsOf(views.people, person, revision)] : [id]
  })
  return { personIds: new Set(ids), roleIds, circleIds }
}

/** Whether nothing was named, so that everything is meant. */
export function isEverything({ personIds, roleIds, circleIds }: Scope): boolean {
  return personIds === undefined && roleIds === undefined && circleIds === undefined
}
