import { z } from 'zod'
import { type HoldingFact, momentText, statusAt } from '../../commands/roles/holding-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import type { AskContext, Row } from '../../src/kernel/define-question.ts'
import type { Certainty } from '../../src/kernel/intervals.ts'
import { circleRef, circleRefOf } from '../circles/circle-refs.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { personIdAt } from '../people/view.ts'
import { isAttestedBy, isDisputed } from '../records/projection.ts'
import { roleRef, roleRefOf } from '../roles/role-refs.ts'
import type { HoldingVersion } from './roster-view.ts'
import type { RosterViews } from './selecting.ts'

/** A holding in an answer, with all one needs to judge it: how sure, on what basis, whether disputed, by which events. */
export const holdingAnswer = classed(
  1,
  z.object({
    holdingId: z.string(),
    person: personRef,
    role: roleRef,
    circle: circleRef,
    kind: z.string(),
    from: z.string(),
    to: z.string().nullable(),
    certainty: z.enum(['certain', 'possible']),
    disputed: z.boolean(),
    status: z
      .enum(['held', 'taking-over', 'on-leave', 'held-over'])
      .meta({ description: 'held-over: the term has ended; still carried until taken over' }),
    seat: z.int().nullable(),
    termEnd: z.string().nullable().meta({ description: 'End of the running term, leave counted in' }),
    termNumber: z.int().nullable(),
    onBehalfOf: personRef.nullable().meta({ description: 'Whose seat it is, where somebody acts' }),
    basis: z.enum(['decided', 'imported', 'reconstructed', 'witnessed', 'self-declared']),
    source: z.string().nullable(),
    evidence: z.array(z.string()).meta({ description: 'Ids of the events it rests on' }),
  }),
)
export type HoldingAnswer = z.output<typeof holdingAnswer>

/** A holding as answers give it. An import that the person themself attested is witnessed. */
export function holdingAnswerOf(
  views: RosterViews,
  version: HoldingVersion,
  certainty: Certainty,
  context: AskContext,
): HoldingAnswer {
  const { fact, from, to, evidence } = version
  const personId = personIdAt(views.people, fact.personId, context.revision)
  return {
    holdingId: fact.holdingId,
    person: refOf(views.people, fact.personId, context),
    role: roleRefOf(views.roles, fact.roleId, context),
    circle: circleRefOf(views.circles, fact.circleId, context),
    kind: fact.kind,
    from: from.text,
    to: to.text || null,
    certainty,
    ...standingAt(views, fact, context),
    disputed: isDisputed(views.records, evidence, context.revision),
    basis: isAttestedBy(views.records, evidence, personId, context.revision) ? 'witnessed' : fact.basis,
    source: fact.source ?? null,
    evidence: [...evidence],
  }
}

function standingAt(views: RosterViews, fact: HoldingFact, context: AskContext) {
  const { terms, seat = null, onBehalfOf } = fact
  const term = terms?.find(({ end }) => context.asOf < end) ?? terms?.at(-1)
  return {
    status: statusAt(fact, context.asOf),
    seat,
    termEnd: term ? momentText(term.end) : null,
    termNumber: term?.number ?? null,
    onBehalfOf: onBehalfOf ? refOf(views.people, onBehalfOf.personId, context) : null,
  }
}

/** A holding as a row of a table. */
export function holdingRow({ person, role, circle, ...rest }: HoldingAnswer): Row {
  const { kind, from, to, certainty, disputed, basis, source, status, termEnd, onBehalfOf } = rest
  return {
    person: person.name ?? '(erased)',
    handle: person.handle,
    role: role.name,
    circle: circle.key ?? circle.name,
    kind,
    from,
    to,
    certainty,
    disputed,
    basis,
    source,
    // Later columns come last, so that who reads the first ones goes on; what is nothing special is left out of tables.
    status: status === 'held' ? null : status,
    termEnd,
    onBehalfOf: onBehalfOf?.name ?? null,
  }
}

/** Persons once each, in the order they come. */
export function distinctPeople(views: RosterViews, versions: readonly HoldingVersion[], context: AskContext) {
  const ids = versions.map(({ fact }) => personIdAt(views.people, fact.personId, context.revision))
  return [...new Set(ids)].map((id) => refOf(views.people, id, context))
}
