import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { findPerson, personParam, personRef, refOf } from './person-refs.ts'
import { peopleProjection } from './projection.ts'
import { isStanding, leaveAt, membershipAt, type PeopleView } from './view.ts'

export const personQuestion = defineQuestion({
  name: 'person',
  summary: 'One person: their names over time, whether they are a member, and whether they are on leave.',
  reads: { people: peopleProjection },
  params: z.strictObject({ person: personParam() }),
  answer: classed(
    1,
    z.object({
      person: personRef,
      member: z.boolean(),
      knownSince: z.string().nullable(),
      joinedAt: z
        .string()
        .nullable()
        .meta({ description: 'When they joined, the last time where they left and came again' }),
      leftAt: z.string().nullable(),
      onLeave: z
        .object({ from: z.string(), to: z.string().nullable() })
        .nullable()
        .meta({ description: 'Their time away at the moment asked about; no reason is ever asked' }),
      claimed: z
        .array(z.object({ id: z.string(), name: z.string().nullable(), claimedAt: z.string().nullable() }))
        .meta({
          description:
            'Persons of imported records who are the same person: as they claimed, or as the record was put together',
        }),
      names: z.array(z.object({ name: z.string().nullable(), knownSince: z.string().nullable() })),
    }),
  ),
  timed: true,
  public: true,
  http: { path: '/people/{person}' },
  ask({ people }, { person: ref }, context) {
    const person = findPerson(people, ref, context)
    if (isRefusal(person)) return undefined
    const membership = membershipAt(person, context)
    const leave = leaveAt(people, person.id, context)
    const recordedAt = (revision: number | undefined) => context.recordedAt(revision ?? -1) ?? null
    return {
      person: refOf(people, person.id, context),
      member: membership !== undefined && membership.left === undefined,
      knownSince: recordedAt(person.spans[0]?.knownFrom),
      joinedAt: recordedAt(membership?.joined.revision),
      leftAt: recordedAt(membership?.left?.revision),
      onLeave: leave ? { from: leave.from.text, to: leave.to.text || null } : null,
      claimed: person.claims
        .filter((claim) => isStanding(claim, context.revision))
        .map(({ personId, from }) => ({
          id: personId,
          ...nameOf(people, personId, context),
          claimedAt: recordedAt(from),
        })),
      names: person.names
        .filter(({ knownFrom }) => knownFrom <= context.revision)
        .map(({ knownFrom, name }) => ({ name: context.open(name) ?? null, knownSince: recordedAt(knownFrom) })),
    }
  },
})

/** The name a record had for somebody whose history was claimed. */
function nameOf({ people }: PeopleView, personId: string, context: AskContext): { name: string | null } {
  const known = people.get(personId)
  const last = known?.names.findLast(({ knownFrom }) => knownFrom <= context.revision)
  return { name: (last && known?.erasedAt === undefined && context.open(last.name)) || null }
}
