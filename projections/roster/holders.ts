import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { holdingAnswer, holdingAnswerOf, holdingRow } from './holding-answers.ts'
import { rosterOn } from './roster-on.ts'
import { leavingOut, optionalCircle, optionalPerson, optionalRole, rosterReads, selectionOf } from './selecting.ts'

export const holders = defineQuestion({
  name: 'holders',
  summary: 'Who held which role at a moment, and how sure that is: of a role, of a circle, or of all.',
  reads: rosterReads,
  params: z.strictObject({ ...optionalRole, ...optionalCircle, ...optionalPerson, ...leavingOut }),
  answer: classed(1, z.object({ holders: z.array(holdingAnswer), count: z.int() })),
  timed: true,
  public: true,
  http: { path: '/holders' },
  cli: { verb: 'who', positional: ['role'], aliases: { on: 'asOf' } },
  rows: ({ holders: held }) => held.map(holdingRow),
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const held = rosterOn(views.roster, selection, context.asOf, context.revision)
    return {
      holders: held.map(({ version, certainty }) => holdingAnswerOf(views, version, certainty, context)),
      count: held.length,
    }
  },
})
