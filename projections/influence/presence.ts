import { holdsSomething } from '../../commands/influence/role-level-facts.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { type Counting, type InfluenceViews, resolver } from './asked-influence.ts'
import { ENGAGED_DAYS, type Population, populationAt } from './population.ts'

interface Border {
  readonly at: number
  readonly personId: string
  readonly by: 1 | -1
}

/** Who is there at moments that only go on: spells counted as they begin and end. */
class Presence {
  readonly #borders: readonly Border[]
  readonly #spells = new Map<string, number>()
  #next = 0

  constructor(spells: Iterable<{ readonly personId: string; readonly from: number; readonly to: number }>) {
    const borders: Border[] = []
    for (const { personId, from, to } of spells) {
      if (from >= to) continue
      borders.push({ at: from, personId, by: 1 })
      if (to < Number.POSITIVE_INFINITY) borders.push({ at: to, personId, by: -1 })
    }
    this.#borders = borders.sort((a, b) => a.at - b.at)
  }

  at(t: number): ReadonlyMap<string, number> {
    for (let border = this.#borders[this.#next]; border && border.at <= t; border = this.#borders[this.#next]) {
      const spells = (this.#spells.get(border.personId) ?? 0) + border.by
      if (spells === 0) this.#spells.delete(border.personId)
      else this.#spells.set(border.personId, spells)
      this.#next += 1
    }
    return this.#spells
  }
}

/** The population at moments that only go on, as {@link populationAt} finds it at each, in one pass over what is known. */
export function populationsOver(
  views: InfluenceViews,
  counting: Counting,
  revision: number,
): (t: number) => Population {
  const { population } = counting
  if (population === 'present') return (asOf) => populationAt(views, counting, { asOf, revision })
  const point = { asOf: 0, revision }
  const holders =
    population === 'holders' || population === undefined ? new Presence(held(views, counting, point)) : null
  if (population === 'holders') return (t) => ({ kind: 'holders', ids: [...(holders?.at(t).keys() ?? [])] })
  const members = new Presence(memberships(views, point))
  const active = population === 'engaged' ? new Presence(engagements(views, point)) : undefined
  return (t) => {
    const ids = [...members.at(t).keys()]
    const engaged = active?.at(t)
    if (engaged) return { kind: 'engaged', ids: ids.filter((personId) => engaged.has(personId)) }
    const holding = holders?.at(t)
    return ids.length === 0 && holding ? { kind: 'holders', ids: [...holding.keys()] } : { kind: 'members', ids }
  }
}

function* held({ influence, people }: InfluenceViews, { circleId }: Counting, point: Point) {
  const resolve = resolver(people, point)
  for (const version of influence.live.facts.holdings(point.revision)) {
    if (!holdsSomething(version) || (circleId !== undefined && version.fact.circleId !== circleId)) continue
    yield { personId: resolve(version.fact.personId), from: version.from.latest, to: version.to.earliest }
  }
}

function* memberships({ people }: InfluenceViews, { revision }: Point) {
  for (const { id, memberships } of people.people.values())
    for (const { joined, left } of memberships) {
      if (joined.revision > revision) continue
      const to = left && left.revision <= revision ? left.at : Number.POSITIVE_INFINITY
      yield { personId: id, from: joined.at, to }
    }
}

function* engagements({ influence }: InfluenceViews, { revision }: Point) {
  for (const [personId, acts] of influence.acts)
    for (const act of acts)
      if (act.revision <= revision) yield { personId, from: act.at, to: act.at + ENGAGED_DAYS * DAY_MS }
}
