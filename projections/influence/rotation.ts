import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { rotation as rotationOf, type SeatSpan } from '../../src/measures/turns-taken.ts'
import { circleRef, circleRefOf } from '../circles/circle-refs.ts'
import { personIdAt } from '../people/view.ts'
import { roleRef, roleRefOf } from '../roles/role-refs.ts'
import { inOrder } from '../roster/in-order.ts'
import { periodOf, periodParams } from '../roster/period.ts'
import { known } from '../roster/roster-on.ts'
import type { HoldingVersion } from '../roster/roster-view.ts'
import { optionalCircle, optionalRole, rosterReads, selectionOf } from '../roster/selecting.ts'

const figure = z.number().nullable()
const turned = z.object({
  role: roleRef,
  circle: circleRef,
  holders: z.int().nullable(),
  terms: z.int(),
  holdersPerTerm: figure.meta({ description: 'Different holders over terms; null for a role nobody held' }),
  effectiveHolders: figure.meta({ description: 'N1 of the days in a seat, days of an overlap shared' }),
  longestDays: figure.meta({ description: 'The longest unbroken time of one person' }),
  daysLeft: figure.meta({ description: 'Of the term that runs at the end of the period; null where none does' }),
})

export const rotation = defineQuestion({
  name: 'rotation',
  summary: 'How each role went round in a period: holders over terms, and as if shared evenly by how many.',
  reads: rosterReads,
  params: z.strictObject({ ...optionalRole, ...optionalCircle, ...periodParams }),
  answer: classed(1, z.object({ roles: z.array(turned), count: z.int() })),
  timed: false,
  public: false,
  http: { path: '/rotation' },
  cli: { verb: 'rotation', positional: ['role'] },
  rows: ({ roles }) =>
    roles.map(({ role, circle, ...figures }) => ({ role: role.name, circle: circle.key ?? circle.name, ...figures })),
  ask(views, asked, context) {
    const period = periodOf(asked)
    if (isRefusal(period)) return period
    const selection = selectionOf(views, asked, context)
    if (isRefusal(selection)) return selection
    const versions = known(views.roster, selection, context.revision).filter(
      ({ fact }) => fact.kind === 'holder' || fact.kind === 'co-holder',
    )
    const roles = [...Map.groupBy(versions, ({ fact }) => fact.roleId)].flatMap(([roleId, held]) => {
      const [first] = held
      if (!first) return []
      const spans = held.map((version) =>
        spanOf(version, personIdAt(views.people, version.fact.personId, context.revision)),
      )
      const terms = held.flatMap((version) => termsIn(version, period.from, period.to))
      const found = rotationOf(spans, terms.length, period.from, period.to)
      // What an import left open has no end that anybody knows.
      const running = terms.filter(({ from, to }) => from < period.to && period.to <= to && Number.isFinite(to))
      const left = running.map(({ to }) => to - period.to)
      return [
        {
          role: roleRefOf(views.roles, roleId, { asOf: period.to * DAY_MS, revision: context.revision }),
          circle: circleRefOf(views.circles, first.fact.circleId, context),
          holders: found?.holders ?? null,
          terms: terms.length,
          holdersPerTerm: round6(found?.perTerm ?? null),
          effectiveHolders: round6(found?.effectiveHolders ?? null),
          longestDays: round6(found?.longestDays ?? null),
          daysLeft: left.length === 0 ? null : round6(Math.min(...left)),
        },
      ]
    })
    const sorted = [...inOrder(roles, ({ circle, role }) => [circle.name, role.name, role.id])]
    return { roles: sorted, count: sorted.length }
  },
})

function spanOf({ fact, from, to }: HoldingVersion, who: string): SeatSpan {
  return { who, seat: String(fact.seat ?? who), from: from.latest / DAY_MS, to: to.earliest / DAY_MS }
}

/** The terms of a holding that fall into a period; an imported holding is one. Days since 1970-01-01. */
function termsIn({ fact, from, to }: HoldingVersion, start: number, end: number) {
  const terms = fact.terms
    ? fact.terms.map((term) => ({ from: term.start, to: Math.min(term.end, to.earliest) }))
    : [{ from: from.latest, to: to.earliest }]
  return terms
    .map((term) => ({ from: term.from / DAY_MS, to: term.to / DAY_MS }))
    .filter((term) => term.from < term.to && term.from < end && term.to > start)
}
