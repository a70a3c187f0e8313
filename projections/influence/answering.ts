import { WITHOUT_DUTIES } from '../../commands/influence/component-facts.ts'
import { requiredPartners } from '../../commands/influence/partner-facts.ts'
import { readTies, tiedWith } from '../../commands/influence/tie-facts.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { type Band, bandOf, dutyMultiple } from '../../src/measures/influence.ts'
import { type InfluenceViews, resolver } from './asked-influence.ts'
import { type Counted, sumOf } from './counted.ts'
import { totalsOf } from './influence-answers.ts'

/** To how many people somebody answers, and is asked to. */
export interface Answering {
  readonly personId: string
  readonly lambda: number
  readonly band: Band
  readonly have: number
  readonly required: number
  readonly requiredByBand: number
  readonly requiredByWeight: number
}

/** Who is asked to answer to how many, by influence and by what they carry, and to how many each does. */
export function answeringAt(views: InfluenceViews, counted: Counted, point: Point): readonly Answering[] {
  const partners = partnersAt(views, point)
  const weights = heaviestAt(views, point)
  const { total, people, baseline } = totalsOf(counted)
  return [...counted.vectors].map(([personId, vector]) => {
    const exempt = sumOf(vector, (component) => WITHOUT_DUTIES.has(component))
    const lambda = dutyMultiple(sumOf(vector) + baseline, exempt, total, people) ?? 0
    const band = bandOf(lambda, counted.policies.bands)
    const { mode: _, ...required } = requiredPartners(counted.policies, band, weights.get(personId) ?? 0)
    return { personId, lambda, band, have: partners.get(personId)?.size ?? 0, ...required }
  })
}

/** Whom each person answers to at a moment. */
export function partnersAt({ influence }: InfluenceViews, { asOf, revision }: Point): ReadonlyMap<string, Set<string>> {
  const { facts } = influence.live
  const partners = new Map<string, Set<string>>()
  for (const group of facts.entryGroups()) {
    const [kind, partner = ''] = group.split(' ')
    if (kind !== 'partner') continue
    for (const personId of tiedWith(readTies(facts.entries(group, revision)), asOf))
      partners.set(personId, (partners.get(personId) ?? new Set()).add(partner))
  }
  return partners
}

/** The most any role asks of each person who carries one that was accepted here: what others recorded asks for nothing. */
function heaviestAt({ influence, people }: InfluenceViews, { asOf, revision }: Point): ReadonlyMap<string, number> {
  const { facts } = influence.live
  const resolve = resolver(people, { asOf, revision })
  const heaviest = new Map<string, number>()
  for (const { fact, from, to } of facts.holdings(revision)) {
    const carries = fact.importId === undefined && fact.kind !== 'understudy'
    if (!carries || from.latest > asOf || asOf >= to.earliest) continue
    const personId = resolve(fact.personId)
    heaviest.set(personId, Math.max(heaviest.get(personId) ?? 0, facts.weightAt(fact.roleId, asOf, revision)))
  }
  return heaviest
}
