import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { certaintyWithin } from '../../src/kernel/intervals.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { personRef } from '../people/person-refs.ts'
import { distinctPeople, holdingAnswer, holdingAnswerOf, holdingRow } from './holding-answers.ts'
import { periodOf, periodParams } from './period.ts'
import { known } from './roster-on.ts'
import { leavingOut, optionalCircle, optionalRole, rosterReads, selectionOf } from './selecting.ts'

export const holdersBetween = defineQuestion({
  name: 'holders-between',
  summary: 'Who held a role on at least one day of a period, both days included.',
  reads: rosterReads,
  params: z.strictObject({ ...optionalRole, ...optionalCircle, ...leavingOut, ...periodParams }),
  answer: classed(1, z.object({ people: z.array(personRef), count: z.int(), holders: z.array(holdingAnswer) })),
  timed: false,
  public: true,
  http: { path: '/holders/between' },
  cli: { verb: 'who-between', positional: ['role'] },
  rows: ({ holders }) => holders.map(holdingRow),
  ask(views, params, context) {
    const period = periodOf(params)
    if (isRefusal(period)) return period
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const held = known(views.roster, selection, context.revision).flatMap((version) => {
      const certainty = certaintyWithin(version, period.from * DAY_MS, period.to * DAY_MS)
      return certainty ? [{ version, certainty }] : []
    })
    const people = distinctPeople(
      views,
      held.map(({ version }) => version),
      context,
    )
    const holders = held.map(({ version, certainty }) => holdingAnswerOf(views, version, certainty, context))
    return { people, count: people.length, holders }
  },
})
