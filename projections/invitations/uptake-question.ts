import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion, type Point } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { findPerson, personParam, personRef, refOf } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import { type PeopleView, wasMember } from '../people/view.ts'
import { policiesAt, policiesProjection } from '../policies/projection.ts'
import { invitationsProjection } from './projection.ts'
import { type InvitationsView, lifeAt } from './view.ts'

export const uptakeQuestion = defineQuestion({
  name: 'uptake',
  summary:
    'How many of those a person invited said yes, over their invitations to all. Silence and a no count alike; of few people nothing is said.',
  reads: { people: peopleProjection, invitations: invitationsProjection, policies: policiesProjection },
  params: z.strictObject({ person: personParam() }),
  answer: classed(
    1,
    z.object({
      person: personRef,
      invitations: z.int(),
      addressed: z
        .int()
        .nullable()
        .meta({ description: 'Members at the time, whoever invited left out; each invitation counts' }),
      accepted: z.int().nullable(),
      uptake: z.number().nullable(),
      reason: z.string().nullable().meta({ description: 'Why there is no figure' }),
    }),
  ),
  timed: true,
  public: false,
  http: { path: '/people/{person}/uptake' },
  cli: { verb: 'uptake', positional: ['person'], aliases: { on: 'asOf' } },
  ask({ people, invitations, policies }, { person: ref }, context) {
    const person = findPerson(people, ref, context)
    if (isRefusal(person)) return undefined
    const counts = addressedBy(people, invitations, person.id, context)
    const addressed = counts.reduce((sum, each) => sum + each.addressed, 0)
    const accepted = counts.reduce((sum, each) => sum + each.accepted, 0)
    const few = addressed < policiesAt(policies, context).values.kAnonymity
    return {
      person: refOf(people, person.id, context),
      invitations: counts.length,
      addressed: few ? null : addressed,
      accepted: few ? null : accepted,
      uptake: few ? null : round6(accepted / addressed),
      reason: few ? 'too-few-addressed' : null,
    }
  },
})

interface Counts {
  readonly addressed: number
  readonly accepted: number
}

/** For each of a person's invitations to all: how many members it addressed, and how many of them said yes. */
function addressedBy(
  people: PeopleView,
  invitations: InvitationsView,
  personId: string,
  context: Point,
): readonly Counts[] {
  return [...(invitations.byPerson.get(personId) ?? [])].flatMap((id) => {
    const life = lifeAt(invitations, id, context)?.life
    const first = invitations.told.get(id)?.[0]
    if (!life?.toAll || !first || !life.inviters.has(personId)) return []
    const then = { asOf: life.began, revision: first.revision }
    const addressed = [...people.people.values()].filter(
      (member) => !life.inviters.has(member.id) && wasMember(member, then),
    )
    return [{ addressed: addressed.length, accepted: addressed.filter((member) => life.yeses.has(member.id)).length }]
  })
}
