import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { type Concentration, concentration } from '../../src/measures/concentration.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { loadByPerson } from './load.ts'
import { untilDay, untilParam, untilTomorrow } from './period.ts'
import { known, rosterOn } from './roster-on.ts'
import { leavingOut, optionalCircle, optionalRole, rosterReads, selectionOf } from './selecting.ts'
import { tenureByPerson } from './tenure-by-person.ts'

const figure = z.number().nullable()

/** M-03 to M-09, rounded to six decimals; null where a number would mislead, with the reason. */
const figures = classed(
  1,
  z.object({
    people: z.int(),
    gini: figure,
    giniCorrected: figure,
    hhi: figure,
    hhiNormalised: figure,
    hill: z.object({ n0: figure, n1: figure, n2: figure }).meta({ description: 'Effective numbers of people' }),
    evenness: figure,
    pielou: figure,
    theil: figure,
    theilNormalised: figure,
    topShare: figure,
    topTenthShare: figure,
    nakamoto: figure,
    absenceFactor: figure,
    hoover: figure,
    lorenz: z.array(z.object({ population: z.number(), share: z.number() })),
    reason: z.string().nullable(),
    notSeen: z.string(),
  }),
)

const NOT_SEEN =
  'Charisma, money, class, gender and language are not in this record; a low figure does not mean a healthy community.'

function figuresOf(c: Concentration): z.output<typeof figures> {
  return {
    people: c.n,
    gini: round6(c.gini),
    giniCorrected: round6(c.giniCorrected),
    hhi: round6(c.hhi),
    hhiNormalised: round6(c.hhiNormalised),
    hill: { n0: round6(c.hill.n0), n1: round6(c.hill.n1), n2: round6(c.hill.n2) },
    evenness: round6(c.evenness),
    pielou: round6(c.pielou),
    theil: round6(c.theil),
    theilNormalised: round6(c.theilNormalised),
    topShare: round6(c.topShare),
    topTenthShare: round6(c.topTenthShare),
    nakamoto: c.nakamoto,
    absenceFactor: c.absenceFactor,
    hoover: round6(c.hoover),
    lorenz: c.lorenz.map(({ population, share }) => ({
      population: round6(population) ?? 0,
      share: round6(share) ?? 0,
    })),
    reason: c.reason ?? null,
    notSeen: NOT_SEEN,
  }
}

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
