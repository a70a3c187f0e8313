import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { concentration } from '../../src/measures/concentration.ts'
import { figures, figuresOf } from './figures.ts'
import { loadByPerson } from './load.ts'
import { untilDay, untilParam, untilTomorrow } from './period.ts'
import { known, rosterOn } from './roster-on.ts'
import { leavingOut, optionalCircle, optionalRole, rosterReads, selectionOf } from './selecting.ts'
import { tenureByPerson } from './tenure-by-person.ts'

export const loadConcentration = defineQuestion({
  name: 'load-concentration',
  summary: 'How unevenly roles were spread at a moment, over those who held at least one.',
  reads: rosterReads,
  params: z.strictObject({ ...optionalCircle, ...leavingOut }),
  answer: classed(1, figures.extend({ holdings: classed(1, z.int()) })),
  timed: true,
  public: true,
  http: { path: '/concentration/load' },
  cli: { verb: 'load-concentration', aliases: { on: 'asOf' } },
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const held = rosterOn(views.roster, selection, context.asOf, context.revision)
    const load = [...loadByPerson(views.people, held, context.revision).values()]
    return { ...figuresOf(concentration(load)), holdings: load.reduce((sum, n) => sum + n, 0) }
  },
})

export const tenureConcentration = defineQuestion({
  name: 'tenure-concentration',
  summary: 'How unevenly days in a role (or any role) are spread, over those who held it for at least one.',
  reads: rosterReads,
  params: z.strictObject({ ...optionalRole, ...optionalCircle, ...leavingOut, ...untilParam }),
  answer: classed(1, figures.extend({ totalDays: classed(1, z.int()) })),
  timed: false,
  clockDefaults: untilTomorrow,
  public: true,
  http: { path: '/concentration/tenure' },
  cli: { verb: 'tenure-concentration', positional: ['role'] },
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const held = known(views.roster, selection, context.revision)
    const days = [...tenureByPerson(views.people, held, untilDay(params.until), context.revision).values()]
    return { ...figuresOf(concentration(days)), totalDays: days.reduce((sum, n) => sum + n, 0) }
  },
})
