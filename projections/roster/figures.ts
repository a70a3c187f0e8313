import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import type { Concentration } from '../../src/measures/concentration.ts'
import { round6 } from '../../src/measures/rounding.ts'

const figure = z.number().nullable()

/** M-03 to M-09, rounded to six decimals; null where a number would mislead, with the reason. */
export const figures = classed(
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

/** What no figure of a record can see, said with each. */
export const NOT_SEEN =
  'Charisma, money, class, gender and language are not in this record; a low figure does not mean a healthy community.'

export function figuresOf(c: Concentration): z.output<typeof figures> {
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
