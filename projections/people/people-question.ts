import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { line } from '../../src/kernel/text.ts'
import { findPerson, peopleNamed, personRef, refOf } from './person-refs.ts'
import { peopleProjection } from './projection.ts'
import { wasSomebody } from './view.ts'

export const peopleQuestion = defineQuestion({
  name: 'people',
  summary: 'Who is known here: everybody, or those of one name (names repeat), or the one of a handle.',
  reads: { people: peopleProjection },
  params: z.strictObject({
    name: line()
      .optional()
      .meta({ description: 'This name; upper and lower case count only where they tell people apart' }),
    handle: line().optional().meta({ description: 'Their id in the record they came from' }),
  }),
  answer: classed(1, z.object({ people: z.array(personRef), count: z.int() })),
  timed: false,
  public: true,
  http: { path: '/people' },
  cli: { verb: 'people', positional: ['name'] },
  rows: ({ people }) => people.map(({ id, name, handle }) => ({ id, name, handle })),
  ask({ people }, { name, handle }, context) {
    let found = [...people.people.values()].filter((person) => wasSomebody(person, context.revision))
    if (name !== undefined) found = [...peopleNamed(people, name, context)]
    if (handle !== undefined) {
      const person = findPerson(people, handle, context)
      found = isRefusal(person) ? [] : found.filter(({ id }) => id === person.id)
    }
    return { people: found.map(({ id }) => refOf(people, id, context)), count: found.length }
  },
})
