import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { findPerson, personParam, personRef, refOf } from './person-refs.ts'
import { peopleProjection } from './projection.ts'

export const personQuestion = defineQuestion({
  name: 'person',
  summary: 'One person: their names over time, and whether they joined.',
  reads: { people: peopleProjection },
  params: z.strictObject({ person: personParam() }),
  answer: classed(
    1,
    z.object({
      person: personRef,
      member: z.boolean(),
      knownSince: z.string().nullable(),
      joinedAt: z.string().nullable(),
      names: z.array(z.object({ name: z.string().nullable(), knownSince: z.string().nullable() })),
    }),
  ),
  timed: false,
  public: true,
  http: { path: '/people/{person}' },
  ask({ people }, { person: ref }, context) {
    const person = findPerson(people, ref, context)
    if (isRefusal(person)) return undefined
    const joined = person.joinedAt !== undefined && person.joinedAt <= context.revision
    return {
      person: refOf(people, person.id, context),
      member: joined,
      knownSince: context.recordedAt(person.spans[0]?.knownFrom ?? -1) ?? null,
      joinedAt: joined && person.joinedAt !== undefined ? (context.recordedAt(person.joinedAt) ?? null) : null,
      names: person.names
        .filter(({ knownFrom }) => knownFrom <= context.revision)
        .map(({ knownFrom, name }) => ({
          name: context.open(name) ?? null,
          knownSince: context.recordedAt(knownFrom) ?? null,
        })),
    }
  },
})
