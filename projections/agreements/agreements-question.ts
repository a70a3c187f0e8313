import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { peopleProjection } from '../people/projection.ts'
import { inOrder } from '../roster/in-order.ts'
import { agreementCsv, agreementRow, rowOf } from './agreement-answers.ts'
import { agreementsProjection, agreementsThen } from './projection.ts'

export const agreementsQuestion = defineQuestion({
  name: 'agreements',
  summary: 'The agreements in force at a moment, with who carried each and when it was to be looked at again.',
  reads: { agreements: agreementsProjection, people: peopleProjection },
  params: z.strictObject({}),
  answer: classed(1, z.object({ agreements: z.array(agreementRow), count: z.int() })),
  timed: true,
  resource: () => 'agreements',
  public: false,
  http: { path: '/agreements' },
  cli: { verb: 'agreements', aliases: { on: 'asOf' } },
  rows: ({ agreements }) => agreements.map(agreementCsv),
  ask({ agreements, people }, _, context) {
    const found = agreementsThen(agreements, context).map((version) => rowOf(people, version, context))
    const sorted = inOrder(found, ({ title, agreementId }) => [title, agreementId])
    return { agreements: sorted, count: sorted.length }
  },
})
