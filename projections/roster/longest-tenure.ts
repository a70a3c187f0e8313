import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { untilDay, untilParam, untilTomorrow } from './period.ts'
import { known } from './roster-on.ts'
import { leavingOut, optionalCircle, optionalRole, rosterReads, selectionOf } from './selecting.ts'
import { tenureByPerson } from './tenure-by-person.ts'

export const longestTenure = defineQuestion({
  name: 'longest-tenure',
  summary: 'Who held a role for the most days in all, and for how many; several people where they are equal.',
  reads: rosterReads,
  params: z.strictObject({ ...optionalRole, ...optionalCircle, ...leavingOut, ...untilParam }),
  answer: classed(1, z.object({ people: z.array(personRef), days: classed(1, z.int()) })),
  timed: false,
  clockDefaults: untilTomorrow,
  public: true,
  http: { path: '/tenure/longest' },
  cli: { verb: 'longest-tenure', positional: ['role'] },
  rows: ({ people, days }) => people.map(({ name, handle }) => ({ name, handle, days })),
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const days = tenureByPerson(
      views.people,
      known(views.roster, selection, context.revision),
      untilDay(params.until),
      context.revision,
    )
    const most = Math.max(0, ...days.values())
    const people = [...days].flatMap(([id, n]) => (n === most ? [refOf(views.people, id, context)] : []))
    return { people, days: most }
  },
})
