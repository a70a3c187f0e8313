import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import type { AskContext, Row } from '../../src/kernel/define-question.ts'
import type { Certainty } from '../../src/kernel/intervals.ts'
import { circleRef, circleRefOf } from '../circles/circle-refs.ts'
import { personRef, refOf } from '../people/person-refs.ts'
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
    basis: z.enum(['imported', 'reconstructed', 'witnessed']),
    source: z.string(),
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
  return {
    holdingId: fact.holdingId,
    person: refOf(views.people, fact.personId, context),
    role: roleRefOf(views.roles, fact.roleId, context),
    circle: circleRefOf(views.circles, fact.circleId, context),
    kind: fact.kind,
    from: from.text,
    to: to.text || null,
    certainty,
    disputed: isDisputed(views.records, evidence, context.revision),
    basis: isAttestedBy(views.records, evidence, fact.personId, context.revision) ? 'witnessed' : fact.basis,
    source: fact.source,
    evidence: [...evidence],
  }
}

/** A holding as a row of a table. */
export function holdingRow({ person, role, circle, ...rest }: HoldingAnswer): Row {
  const { kind, from, to, certainty, disputed, basis, source } = rest
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
  }
}

/** Persons once each, in the order they come. */
export function distinctPeople(views: RosterViews, versions: readonly HoldingVersion[], context: AskContext) {
  return [...new Set(versions.map(({ fact }) => fact.personId))].map((id) => refOf(views.people, id, context))
}
