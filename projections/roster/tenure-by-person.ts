import type { Revision } from '../../src/kernel/book.ts'
import { countDays, type DaySpan, unionDays } from '../../src/measures/day-sets.ts'
import { type PeopleView, personIdAt } from '../people/view.ts'
import { certainDays } from './period.ts'
import type { HoldingVersion } from './roster-view.ts'

/** Certain days held before a day, by person, a day of several holdings once; persons without a day are left out. */
export function tenureByPerson(
  people: PeopleView,
  versions: readonly HoldingVersion[],
  until: number,
  revision: Revision,
): ReadonlyMap<string, number> {
  const spans = new Map<string, DaySpan[]>()
  for (const version of versions) {
    const span = certainDays(version, until)
    if (span.from >= span.to) continue
    const personId = personIdAt(people, version.fact.personId, revision)
    const own = spans.get(personId)
    if (own) own.push(span)
    else spans.set(personId, [span])
  }
  return new Map([...spans].map(([personId, own]) => [personId, countDays(unionDays(own))]))
}
