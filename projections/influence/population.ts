import { presentAt } from '../../commands/gatherings/hosting.ts'
import { readInvitation } from '../../commands/influence/hosting-facts.ts'
import { holdsSomething } from '../../commands/influence/role-level-facts.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { certaintyAt } from '../../src/kernel/intervals.ts'
import { wasMember } from '../people/view.ts'
import { type Counting, type InfluenceViews, type PopulationKind, resolver } from './asked-influence.ts'

/** How long an open act counts as being engaged. */
export const ENGAGED_DAYS = 182

/** The people something is measured over. */
export interface Population {
  readonly kind: PopulationKind
  readonly ids: readonly string[]
}

/** Who is measured at a point: as asked, else the members; where there are none, whoever holds something. */
export function populationAt(views: InfluenceViews, counting: Counting, point: Point): Population {
  const { population } = counting
  if (population === 'holders') return { kind: population, ids: holdersAt(views, counting, point) }
  if (population === 'present') return { kind: population, ids: presentIn(views, counting, point) }
  const members = membersAt(views, point)
  if (population === 'engaged')
    return { kind: population, ids: members.filter((personId) => isEngaged(views, personId, point)) }
  return population === undefined && members.length === 0
    ? { kind: 'holders', ids: holdersAt(views, counting, point) }
    : { kind: 'members', ids: members }
}

function membersAt({ people }: InfluenceViews, point: Point): readonly string[] {
  return [...people.people.values()].filter((person) => wasMember(person, point)).map(({ id }) => id)
}

function isEngaged({ influence }: InfluenceViews, personId: string, { asOf, revision }: Point): boolean {
  const acts = influence.acts.get(personId) ?? []
  return acts.some((act) => act.revision <= revision && act.at <= asOf && act.at > asOf - ENGAGED_DAYS * DAY_MS)
}

function holdersAt({ influence, people }: InfluenceViews, { circleId }: Counting, point: Point): readonly string[] {
  const ids = new Set<string>()
  const resolve = resolver(people, point)
  for (const version of influence.live.facts.holdings(point.revision)) {
    if (circleId !== undefined && version.fact.circleId !== circleId) continue
    if (holdsSomething(version) && certaintyAt(version, point.asOf) === 'certain')
      ids.add(resolve(version.fact.personId))
  }
  return [...ids]
}

function presentIn({ influence }: InfluenceViews, { invitationId }: Counting, point: Point): readonly string[] {
  const entries = influence.live.facts.entries(`invitation ${invitationId}`, point.revision)
  const known = readInvitation(entries.filter(({ at }) => at <= point.asOf))
  if (!known) return []
  // Once it is over: who was there at its end.
  const { life, open } = known
  return presentAt(life, open ? Math.min(point.asOf, open.to - 1) : point.asOf)
}
