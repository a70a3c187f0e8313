import { z } from 'zod'
import { momentText } from '../../commands/roles/holding-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import type { AskContext, Row } from '../../src/kernel/define-question.ts'
import { circleRef } from '../circles/circle-refs.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import type { PeopleView } from '../people/view.ts'
import { roleRef } from '../roles/role-refs.ts'
import type { HoldingVersion } from '../roster/roster-view.ts'
import type { RoleStanding } from './standing.ts'

const whose = { person: personRef, holdingId: z.string(), kind: z.string(), seat: z.int().nullable() }

/** How a role stands, state by state; a state that does not apply is an empty list. */
export const horizonStates = z.object({
  ending: z.array(
    z.object({
      ...whose,
      termEnd: z.string(),
      daysLeft: z.int(),
      termNumber: z.int().nullable(),
      next: personRef.nullable().meta({ description: 'Who has accepted to follow' }),
    }),
  ),
  heldOver: z
    .array(z.object({ ...whose, termEnd: z.string(), until: z.string().nullable() }))
    .meta({ description: 'The term has ended; carried until taken over, at most until then' }),
  vacant: z.array(
    z.object({
      seat: z.int(),
      since: z.string(),
      until: z.string().nullable().meta({ description: 'When somebody has accepted to begin' }),
    }),
  ),
  withoutSecond: z
    .array(z.object({ ...whose, since: z.string(), dueBy: z.string() }))
    .meta({ description: 'Holders of a role that carries much, without an understudy or co-holder' }),
  onLeave: z.array(
    z.object({
      ...whose,
      from: z.string(),
      until: z.string().nullable(),
      acting: z.array(z.object({ person: personRef, until: z.string().nullable() })),
    }),
  ),
})

export const horizonRole = classed(
  1,
  z.object({
    role: roleRef,
    circle: circleRef,
    weight: z.number(),
    imported: z.boolean(),
    date: z.string().nullable().meta({ description: 'The first of the dates below; none where all is well for now' }),
    ...horizonStates.shape,
  }),
)
export type HorizonRole = z.output<typeof horizonRole>

/** The states of a role as an answer gives them. */
export function statesOf(
  people: PeopleView,
  standing: RoleStanding,
  graceDays: number,
  context: AskContext,
): z.output<typeof horizonStates> {
  const of = ({ fact }: HoldingVersion) => ({
    person: refOf(people, fact.personId, context),
    holdingId: fact.holdingId,
    kind: fact.kind,
    seat: fact.seat ?? null,
  })
  return {
    ending: standing.ending.map(({ holding, end, next }) => ({
      ...of(holding),
      // An imported end may be vague, and says so by its form.
      termEnd: holding.fact.terms ? momentText(end) : holding.to.text,
      daysLeft: Math.max(0, Math.ceil((end - context.asOf) / DAY_MS)),
      termNumber: holding.fact.terms?.at(-1)?.number ?? null,
      next: next ? refOf(people, next.fact.personId, context) : null,
    })),
    heldOver: standing.heldOver.map((holding) => ({
      ...of(holding),
      termEnd: momentText(holding.fact.terms?.at(-1)?.end ?? 0),
      until: holding.to.text || null,
    })),
    vacant: standing.vacant.map(({ seat, since, until }) => ({
      seat,
      since: momentText(since),
      until: until === undefined ? null : momentText(until),
    })),
    withoutSecond: standing.alone.map(({ holding, since }) => ({
      ...of(holding),
      since: momentText(since),
      dueBy: momentText(since + graceDays * DAY_MS),
    })),
    onLeave: standing.away.map(({ holding, from, until, acting }) => ({
      ...of(holding),
      from: momentText(from),
      until: until === Number.POSITIVE_INFINITY ? null : momentText(until),
      acting: acting.map(({ fact, to }) => ({ person: refOf(people, fact.personId, context), until: to.text || null })),
    })),
  }
}

/** A role as rows of a table, one for each state; one that says so where all is well. */
export function horizonRows({ role, circle, weight, ...states }: HorizonRole): readonly Row[] {
  const row = (state: string, more: Row = {}) => ({
    ...{ role: role.name, circle: circle.key ?? circle.name, weight, state },
    ...{ person: null, seat: null, since: null, until: null, daysLeft: null, termNumber: null, next: null, ...more },
  })
  const named = ({ name }: { name: string | null }) => name ?? '(erased)'
  const rows = [
    ...states.ending.map(({ person, seat, termEnd: until, daysLeft, termNumber, next }) =>
      row('ending', { person: named(person), seat, until, daysLeft, termNumber, next: next && named(next) }),
    ),
    ...states.heldOver.map(({ person, seat, termEnd: since, until }) =>
      row('held over', { person: named(person), seat, since, until }),
    ),
    ...states.vacant.map((seat) => row('vacant', { ...seat })),
    ...states.withoutSecond.map(({ person, seat, since, dueBy: until }) =>
      row('without second person', { person: named(person), seat, since, until }),
    ),
    ...states.onLeave.map(({ person, seat, from: since, until, acting }) =>
      row('on leave', {
        person: named(person),
        seat,
        since,
        until,
        next: acting.map((a) => named(a.person)).join(', '),
      }),
    ),
  ]
  return rows.length > 0 ? rows : [row('held')]
}
