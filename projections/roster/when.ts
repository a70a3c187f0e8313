import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { personParam, personRef, refOf } from '../people/person-refs.ts'
import { spell, spellRow, spellsOf } from './history.ts'
import { personOf } from './roster-on.ts'
import { optionalCircle, optionalRole, rosterReads, selectionOf } from './selecting.ts'

export const when = defineQuestion({
  name: 'when',
  summary: 'When a person held a role, spell by spell: "who" the other way round.',
  reads: rosterReads,
  params: z.strictObject({ person: personParam(), ...optionalRole, ...optionalCircle }),
  answer: classed(1, z.object({ person: personRef, spells: z.array(spell), count: z.int() })),
  timed: true,
  public: true,
  http: { path: '/when' },
  cli: { verb: 'when', positional: ['person', 'role'], aliases: { on: 'asOf' } },
  rows: ({ spells }) => spells.map(spellRow),
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const spells = spellsOf(views, selection, context)
    // Before the first record nobody is known by any name.
    const person =
      context.revision < 0
        ? { id: params.person, name: null, handle: null }
        : refOf(views.people, personOf(selection), context)
    return { person, spells, count: spells.length }
  },
})
