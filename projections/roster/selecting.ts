import { z } from 'zod'
import type { AskContext } from '../../src/kernel/define-question.ts'
import { isRefusal, type Refusal } from '../../src/kernel/refusal.ts'
import { line } from '../../src/kernel/text.ts'
import { circleParam, findCircle } from '../circles/circle-refs.ts'
import { type CirclesView, circlesProjection } from '../circles/projection.ts'
import { findPerson, personParam } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import { type PeopleView, personIdsOf } from '../people/view.ts'
import { type RecordsView, recordsProjection } from '../records/projection.ts'
import { type RolesView, rolesProjection } from '../roles/projection.ts'
import { findRoles, roleParam } from '../roles/role-refs.ts'
import { rosterProjection } from './projection.ts'
import type { Selection } from './roster-on.ts'
import type { RosterView } from './roster-view.ts'

/** What every question about holdings reads: the holdings, and how to name what is in them. */
export const rosterReads = {
  roster: rosterProjection,
  people: peopleProjection,
  roles: rolesProjection,
  circles: circlesProjection,
  records: recordsProjection,
}

export interface RosterViews {
  readonly roster: RosterView
  readonly people: PeopleView
  readonly roles: RolesView
  readonly circles: CirclesView
  readonly records: RecordsView
}

export const optionalRole = { role: roleParam().optional() }
export const optionalCircle = { circle: circleParam().optional() }
export const optionalPerson = { person: personParam().optional() }
export const leavingOut = {
  notRole: z
    .array(line())
    .max(50)
    .default([])
    .meta({ description: 'Names of roles to leave out, such as an honour without duties' }),
}

export interface Selecting {
  readonly person?: string | undefined
  readonly role?: string | undefined
  readonly circle?: string | undefined
  readonly notRole?: readonly string[]
}

/** Turns the names a question was asked with into ids. @returns a refusal naming the one that is unknown. */
export function selectionOf(
  views: RosterViews,
  { person, role, circle, notRole = [] }: Selecting,
  context: AskContext,
): Selection | Refusal {
  // Before the first record nobody and nothing is known, and the answer says so instead of refusing.
  if (context.revision < 0) return { roleIds: new Set() }
  const who = person === undefined ? undefined : findPerson(views.people, person, context)
  if (isRefusal(who)) return who
  const circleId = circle === undefined ? undefined : findCircle(views.circles, circle, context)
  if (isRefusal(circleId)) return circleId
  const named = role === undefined ? undefined : findRoles(views.roles, role, context)
  if (isRefusal(named)) return named
  const notRoleIds = new Set<string>()
  for (const name of notRole) {
    const out = findRoles(views.roles, name, context, '/notRole')
    if (isRefusal(out)) return out
    for (const id of out) notRoleIds.add(id)
  }
  // With a circle given, a role of that name is the circle's own.
  const roleIds =
    named && circleId !== undefined
      ? new Set([...named].filter((id) => views.roles.circleOf.get(id) === circleId))
      : named
  const personIds = who && personIdsOf(views.people, who, context.revision)
  return { personIds, circleId, roleIds, notRoleIds: notRoleIds.size > 0 ? notRoleIds : undefined }
}
