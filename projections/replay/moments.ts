import type { DateBounds } from '../../src/kernel/dates.ts'
import type { Interval } from '../../src/kernel/intervals.ts'
import type { HoldingVersion } from '../roster/roster-view.ts'
import type { RosterViews } from '../roster/selecting.ts'
import type { Bearing, BearingEvent } from './bearing.ts'
import { isWithin, type Window } from './window.ts'

/**
 * Every moment (ms) of a window at which an answer about the scope can change, on either axis: something was recorded, or
 * a date that any version of the record ever stated is reached. In order; between two of them nothing changes.
 */
export function momentsOf(
  views: RosterViews,
  { versions, roleIds, circleIds }: Bearing,
  events: readonly BearingEvent[],
  window: Window,
): readonly number[] {
  const moments = new Set<number>()
  const put = (t: number) => {
    if (isWithin(window, t)) moments.add(t)
  }
  for (const { event } of events) put(Date.parse(event.recordedAt))
  for (const version of versions) for (const t of bordersOfHolding(version)) put(t)
  for (const id of roleIds) for (const fact of views.roles.facts.versions(id)) for (const t of borders(fact)) put(t)
  for (const id of circleIds) for (const fact of views.circles.facts.versions(id)) for (const t of borders(fact)) put(t)
  return [...moments].sort((a, b) => a - b)
}

function* bordersOfHolding(version: HoldingVersion): Generator<number> {
  yield* borders(version)
  for (const { start, end } of version.fact.terms ?? []) {
    yield start
    yield end
  }
  for (const { from, to } of version.fact.leaves ?? []) {
    yield from
    yield to
  }
}

function* borders({ from, to }: Interval): Generator<number> {
  for (const { earliest, latest } of [from, to] satisfies DateBounds[]) {
    yield earliest
    yield latest
  }
}
