import { countDays, type DaySpan, unionDays } from '../../src/measures/day-sets.ts'
import { certainDays } from './period.ts'
import type { HoldingVersion } from './roster-view.ts'

/** Certain days held before a day, by person, a day of several holdings once; persons without a day are left out. */
export function tenureByPerson(versions: readonly HoldingVersion[], until: number): ReadonlyMap<string, number> {
  const spans = new Map<string, DaySpan[]>()
  for (const version of versions) {
    const span = certainDays(version, until)
    if (span.from >= span.to) continue
    const own = spans.get(version.fact.personId)
    if (own) own.push(span)
    else spans.set(version.fact.personId, [span])
  }
  return new Map([...spans].map(([personId, own]) => [personId, countDays(unionDays(own))]))
}
