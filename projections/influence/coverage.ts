import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { coverage } from '../../src/measures/movement.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { inOrder } from '../roster/in-order.ts'
import { answeringAt } from './answering.ts'
import { BY_THE_RULES, influenceReads } from './asked-influence.ts'
import { countedAt } from './counted.ts'

const gap = classed(
  1,
  z.object({
    person: personRef,
    answersTo: z.int(),
    asked: z.int().meta({ description: 'To how many people what they carry and their influence ask them to answer' }),
  }),
)

export const accountabilityCoverage = defineQuestion({
  name: 'accountability-coverage',
  summary:
    'Of the people that influence and roles ask members to answer to, how many are there; and who would like one more.',
  reads: influenceReads,
  params: z.strictObject({}),
  answer: classed(
    1,
    z.object({
      coverage: z.number().meta({ description: 'There over asked for, 0 to 1; 1 where nobody is asked' }),
      asked: z.int(),
      there: z.int().meta({ description: 'Of those asked for: more than that count for nothing' }),
      gaps: z.array(gap),
    }),
  ),
  timed: true,
  public: false,
  http: { path: '/accountability/coverage' },
  cli: { verb: 'accountability-coverage' },
  rows: ({ gaps }) => gaps.map(({ person, ...rest }) => ({ name: person.name, ...rest })),
  ask(views, _, context) {
    const all = answeringAt(views, countedAt(views, { ...BY_THE_RULES, population: 'members' }, context), context)
    const gaps = all
      .filter(({ have, required }) => have < required)
      .map(({ personId, have, required }) => ({
        person: refOf(views.people, personId, context),
        answersTo: have,
        asked: required,
      }))
    return {
      coverage: round6(coverage(all)) ?? 1,
      asked: all.reduce((sum, { required }) => sum + required, 0),
      there: all.reduce((sum, { have, required }) => sum + Math.min(have, required), 0),
      gaps: [...inOrder(gaps, ({ person }) => [person.name ?? '', person.id])],
    }
  },
})
