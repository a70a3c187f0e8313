import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { peopleProjection } from '../people/projection.ts'
import { inOrder } from '../roster/in-order.ts'
import { type AgreementRow, agreementCsv, agreementRow, rowOf } from './agreement-answers.ts'
import { agreementsProjection, agreementsThen } from './projection.ts'

const WHY = ['review-overdue', 'review-due', 'ends-soon', 'nobody-carries-it'] as const

const due = agreementRow.extend({ why: z.array(z.enum(WHY)) })

export const agreementsDue = defineQuestion({
  name: 'agreements-due',
  summary:
    'Agreements that wait for people: to be looked at again, or overdue for it; trials about to end by themselves; those that nobody carries.',
  reads: { agreements: agreementsProjection, people: peopleProjection },
  params: z.strictObject({
    within: z.int().min(0).max(3650).default(30).meta({ description: 'Reviews and ends within so many days' }),
  }),
  answer: classed(1, z.object({ agreements: z.array(due), count: z.int() })),
  timed: true,
  public: false,
  http: { path: '/agreements-due' },
  cli: { verb: 'agreements-due', aliases: { on: 'asOf' } },
  rows: ({ agreements }) => agreements.map(({ why, ...row }) => ({ ...agreementCsv(row), why: why.join(' ') })),
  ask({ agreements, people }, { within }, context) {
    const found = agreementsThen(agreements, context).flatMap((version) => {
      const row = rowOf(people, version, context)
      const why = whyOf(row, context.asOf, within)
      return why.length === 0 ? [] : [{ ...row, why: [...why] }]
    })
    const sorted = inOrder(found, ({ reviewDate, title, agreementId }) => [
      dateBounds(reviewDate).earliest,
      title,
      agreementId,
    ])
    return { agreements: sorted, count: sorted.length }
  },
})

function whyOf({ reviewDate, endsAt, carriedBy }: AgreementRow, asOf: number, within: number) {
  const soon = (date: string) => dateBounds(date).earliest < asOf + (within + 1) * DAY_MS
  const why: (typeof WHY)[number][] = []
  if (dateBounds(reviewDate).earliest <= asOf) why.push('review-overdue')
  else if (soon(reviewDate)) why.push('review-due')
  if (endsAt !== null && soon(endsAt)) why.push('ends-soon')
  if (carriedBy.length === 0) why.push('nobody-carries-it')
  return why
}
