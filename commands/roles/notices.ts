import { DAY_MS } from '../../src/kernel/dates.ts'
import { defineNotices, type Notice } from '../../src/kernel/define-notices.ts'
import { type DaySpan, gapsWithin, unionDays } from '../../src/measures/day-sets.ts'
import { communitySlice } from '../community/state.ts'
import { lastEnd, momentText } from './holding-facts.ts'
import type { HoldingVersion } from './holding-log.ts'
import { RoleGapClosed, RoleGapOpened, RoleTermEndingNoticed, RoleTermExpired } from './notice-events.ts'
import { needsSecond } from './second-person.ts'
import { holdingBy, holdingsOf, type RolesState, roleAt, rolesSlice } from './state.ts'

const DAYS_BEFORE = [30, 7]

/** Terms that end, 30 and 7 days before and on the day, unless they were ended before their time. */
export const termNotices = defineNotices({
  name: 'term-ends',
  book: 'open',
  reads: { roles: rolesSlice },
  due({ roles }) {
    return acceptedHoldings(roles).flatMap((holding) => {
      const { holdingId, personId, roleId, circleId, terms = [] } = holding.fact
      const last = terms.at(-1)
      const cutShort = holding.to.earliest < lastEnd(terms)
      if (!last || cutShort) return []
      const data = { holdingId, personId, roleId, circleId, termEnd: momentText(last.end) }
      const ending = DAYS_BEFORE.map((daysBefore) => ({
        about: `${holdingId}/${daysBefore}`,
        dueAt: last.end - daysBefore * DAY_MS,
        event: RoleTermEndingNoticed.of({ ...data, daysBefore }),
      }))
      // A term shorter than the notice would be noticed before it begins.
      const timely = ending.filter(({ dueAt }) => dueAt >= last.start)
      return [...timely, { about: holdingId, dueAt: last.end, event: RoleTermExpired.of(data) }]
    })
  },
})

/** Roles that nobody holds any longer, and roles that carry much whose holder is alone for longer than the grace. */
export const gapNotices = defineNotices({
  name: 'role-gaps',
  book: 'open',
  reads: { community: communitySlice, roles: rolesSlice },
  due({ community, roles }) {
    const policies = community.policy.values
    return [...roles.facts.subjects()].flatMap((roleId) => {
      const role = roleAt(roles, roleId, Number.MAX_SAFE_INTEGER)
      const own = holdingsOf(roles, roleId).filter(({ fact }) => fact.importId === undefined)
      if (!role || own.length === 0) return []
      const held = unionDays(own.filter(({ fact }) => fact.seat !== undefined).map(spanOf))
      const vacant = gapsAfter(held)
      const { circleId } = role
      const notices = vacant.flatMap((gap) => gapNotice(roleId, circleId, 'vacant', gap))
      if (!needsSecond(role, policies)) return notices
      const seconds = unionDays(own.filter(({ fact }) => fact.kind !== 'holder' && fact.kind !== 'acting').map(spanOf))
      const grace = policies.understudyGraceDays * DAY_MS
      const alone = held
        .flatMap(({ from, to }) => gapsWithin(seconds, from, to))
        .map(({ from, to }) => ({ from: from + grace, to }))
        .filter(({ from, to }) => from < to)
      return [...notices, ...alone.flatMap((gap) => gapNotice(roleId, circleId, 'no-second-person', gap))]
    })
  },
})

function acceptedHoldings(roles: RolesState): readonly HoldingVersion[] {
  return [...roles.acceptedBy.values()].flatMap((ids) => [...ids].flatMap((id) => holdingBy(roles, id) ?? []))
}

// Spans in ms: the set functions count in whatever unit they are given.
function spanOf({ from, to }: HoldingVersion): DaySpan {
  return { from: from.earliest, to: to.earliest }
}

function gapsAfter(held: readonly DaySpan[]): readonly DaySpan[] {
  return held.map(({ to }, i) => ({ from: to, to: held[i + 1]?.from ?? Number.POSITIVE_INFINITY }))
}

function gapNotice(
  roleId: string,
  circleId: string,
  gap: 'vacant' | 'no-second-person',
  { from, to }: DaySpan,
): readonly Notice[] {
  if (from === Number.POSITIVE_INFINITY) return []
  const data = { roleId, circleId, gap, since: momentText(from) }
  const opened = { about: `${roleId}/${gap}`, dueAt: from, event: RoleGapOpened.of(data) }
  if (to === Number.POSITIVE_INFINITY) return [opened]
  const closed = RoleGapClosed.of({ ...data, until: momentText(to) })
  return [opened, { about: `${roleId}/${gap}/closed`, dueAt: to, event: closed }]
}
