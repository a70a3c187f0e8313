import { z } from 'zod'
import type { Revision } from '../../src/kernel/book.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { type PeopleView, personIdAt } from '../people/view.ts'
import { type HeldOn, rosterOn } from './roster-on.ts'
import { leavingOut, optionalCircle, rosterReads, selectionOf } from './selecting.ts'

/** How many roles each person certainly held: distinct pairs of circle and role. */
export function loadByPerson(
  people: PeopleView,
  held: readonly HeldOn[],
  revision: Revision,
): ReadonlyMap<string, number> {
  const roles = new Map<string, Set<string>>()
  for (const { version, certainty } of held) {
    if (certainty !== 'certain') continue
    const { circleId, roleId } = version.fact
    const personId = personIdAt(people, version.fact.personId, revision)
    const own = roles.get(personId) ?? new Set()
    roles.set(personId, own.add(`${circleId} ${roleId}`))
  }
  return new Map([...roles].map(([personId, own]) => [personId, own.size]))
}

export const mostLoaded = defineQuestion({
  name: 'most-loaded',
  summary: 'Who carried the most roles at once at a moment, and how many; several people where they are equal.',
  reads: rosterReads,
  params: z.strictObject({ ...optionalCircle, ...leavingOut }),
  answer: classed(1, z.object({ people: z.array(personRef), holdings: classed(1, z.int()) })),
  timed: true,
  public: true,
  http: { path: '/load/most' },
  cli: { verb: 'most-loaded', aliases: { on: 'asOf' } },
  rows: ({ people, holdings }) => people.map(({ name, handle }) => ({ name, handle, holdings })),
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const load = loadByPerson(
      views.people,
      rosterOn(views.roster, selection, context.asOf, context.revision),
      context.revision,
    )
    const holdings = Math.max(0, ...load.values())
    const people = [...load].flatMap(([id, n]) => (n === holdings ? [refOf(views.people, id, context)] : []))
    return { people, holdings }
  },
})
