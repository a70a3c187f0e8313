import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { personParam, personRef, refOf } from '../people/person-refs.ts'
import { holdingAnswer, holdingAnswerOf, holdingRow } from './holding-answers.ts'
import { personOf, rosterOn } from './roster-on.ts'
import { rosterReads, selectionOf } from './selecting.ts'

export const personRoles = defineQuestion({
  name: 'person-roles',
  summary: 'Which roles a person held at a moment.',
  reads: rosterReads,
  params: z.strictObject({ person: personParam() }),
  answer: classed(1, z.object({ person: personRef, roles: z.array(holdingAnswer), count: z.int() })),
  timed: true,
  public: true,
  http: { path: '/people/{person}/roles' },
  cli: { verb: 'roles-of', positional: ['person'], aliases: { on: 'asOf' } },
  rows: ({ roles }) => roles.map(holdingRow),
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return undefined
    const held = rosterOn(views.roster, selection, context.asOf, context.revision)
    const roles = held.map(({ version, certainty }) => holdingAnswerOf(views, version, certainty, context))
    return { person: refOf(views.people, personOf(selection), context), roles, count: roles.length }
  },
})
