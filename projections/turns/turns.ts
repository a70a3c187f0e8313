import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { type AskContext, defineQuestion, type Row } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { circleRef, circleRefOf } from '../circles/circle-refs.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { personIdAt, wasMember } from '../people/view.ts'
import { roleRef, roleRefOf, roleThen } from '../roles/role-refs.ts'
import { inOrder } from '../roster/in-order.ts'
import { known } from '../roster/roster-on.ts'
import type { HoldingVersion } from '../roster/roster-view.ts'
import { optionalCircle, type RosterViews, rosterReads, selectionOf } from '../roster/selecting.ts'
import { type Turn, turnOf } from './turn.ts'

const turn = z.object({
  role: roleRef,
  circle: circleRef,
  terms: z.int().meta({ description: 'Terms begun; spells, where a record from elsewhere tells them' }),
  lastTime: z.string().nullable().meta({ description: 'When it ended last; none while it runs' }),
  running: z.boolean(),
})
const personTurns = z.object({ person: personRef, member: z.boolean(), turns: z.array(turn) })

export const turns = defineQuestion({
  name: 'turns',
  summary:
    'Who has taken turns in which roles: people by roles, how often, when last, and whether now. Members without any turn are listed too.',
  reads: rosterReads,
  params: z.strictObject(optionalCircle),
  answer: classed(
    1,
    z.object({
      people: z.array(personTurns),
      count: z.int(),
      roles: z
        .array(z.object({ role: roleRef, circle: circleRef }))
        .meta({ description: 'Roles there are or that somebody had a turn in' }),
    }),
  ),
  timed: true,
  public: true,
  http: { path: '/turns' },
  cli: { verb: 'turns', aliases: { on: 'asOf' } },
  rows: ({ people }) =>
    people.flatMap(({ person, member, turns: own }) => {
      const who = { person: person.name ?? '(erased)', handle: person.handle, member }
      const none: Row = { ...who, role: null, circle: null, terms: 0, lastTime: null, running: false }
      if (own.length === 0) return [none]
      return own.map(
        ({ role, circle, ...rest }): Row => ({
          ...who,
          role: role.name,
          circle: circle.key ?? circle.name,
          ...rest,
        }),
      )
    }),
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const byPerson = Map.groupBy(known(views.roster, selection, context.revision), ({ fact }) =>
      personIdAt(views.people, fact.personId, context.revision),
    )
    const taken = new Map<string, readonly Turn[]>()
    for (const person of views.people.people.values()) if (wasMember(person, context)) taken.set(person.id, [])
    for (const [personId, versions] of byPerson) {
      const own = turnsIn(versions, context.asOf)
      if (own.length > 0) taken.set(personId, own)
    }
    const people = [...taken].map(([personId, own]) => peopleRow(views, personId, own, context))
    const roleIds = new Set([...taken.values()].flat().map(({ roleId }) => roleId))
    for (const roleId of selection.roleIds ?? views.roles.facts.subjects()) {
      const inCircle = selection.circleId === undefined || views.roles.circleOf.get(roleId) === selection.circleId
      if (inCircle && roleThen(views.roles, roleId, context)) roleIds.add(roleId)
    }
    const roles = [...roleIds].map((roleId) => named(views, roleId, context))
    return {
      people: inOrder(people, ({ person: { name, id } }) => [name, id]),
      count: people.length,
      roles: inOrder(roles, ({ role, circle }) => [circle.name, role.name, role.id]),
    }
  },
})

function turnsIn(versions: readonly HoldingVersion[], asOf: number): readonly Turn[] {
  return [...Map.groupBy(versions, ({ fact }) => fact.roleId)].flatMap(
    ([roleId, own]) => turnOf(roleId, own, asOf) ?? [],
  )
}

function peopleRow(views: RosterViews, personId: string, own: readonly Turn[], context: AskContext) {
  const person = views.people.people.get(personId)
  const answers = own.map(({ roleId, ...rest }) => ({ ...named(views, roleId, context), ...rest }))
  return {
    person: refOf(views.people, personId, context),
    member: person !== undefined && wasMember(person, context),
    turns: inOrder(answers, ({ role, circle }) => [circle.name, role.name, role.id]),
  }
}

function named(views: RosterViews, roleId: string, context: AskContext) {
  const circleId = views.roles.circleOf.get(roleId) ?? ''
  return { role: roleRefOf(views.roles, roleId, context), circle: circleRefOf(views.circles, circleId, context) }
}
