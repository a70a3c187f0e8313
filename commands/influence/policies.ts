import { z } from 'zod'
import { STANDARD_WEIGHTS } from './component-facts.ts'

const weight = z.number().min(0).max(100)

const people = z.int().min(0).max(5)

/** How many people somebody who carries a role of a weight answers to, and whether that is only said or required. */
const byWeight = z.strictObject({
  from: z.number().min(0).max(5),
  partners: people,
  mode: z.enum(['off', 'warn', 'require']),
})

const shape = {
  halfLifeDays: z
    .int()
    .min(14)
    .max(365)
    .meta({ description: 'Influence by acts, and what is left of a role that ended, halves in so many days' }),
  baselineVoice: z
    .number()
    .min(0)
    .max(5)
    .meta({ description: 'The voice every member has before they have done anything: anybody may invite and object' }),
  influenceWeights: z
    .strictObject(Object.fromEntries(Object.keys(STANDARD_WEIGHTS).map((key) => [key, weight.optional()])))
    .meta({ description: 'How much each kind of influence counts; what is left out counts as in the preset' }),
  bands: z
    .array(z.number().min(0).max(100))
    .length(3)
    .refine((limits) => limits.every((limit, i) => i === 0 || limit > (limits[i - 1] ?? 0)), 'must ascend')
    .meta({ description: 'From which multiple of the mean voice somebody answers to more people: three, ascending' }),
  partnersByBand: z
    .strictObject({ low: people, medium: people, high: people, 'very-high': people })
    .meta({ description: 'To how many people somebody with so much influence answers' }),
  partnersByBandMode: z
    .enum(['off', 'warn', 'require'])
    .meta({ description: 'Guard: the people that influence asks for, for a role that asks for none itself' }),
  partnersByWeight: z
    .array(byWeight)
    .max(10)
    .meta({ description: 'To how many people whoever carries a role of at least a weight answers, and how firmly' }),
  influenceVisibility: z.enum(['aggregate', 'formal', 'named']).meta({
    description:
      "What members see of each other's influence: nothing but the community's figures, the formal part, or all",
  }),
}
type InfluencePolicies = z.output<z.ZodObject<typeof shape>>

const hospitality: InfluencePolicies = {
  halfLifeDays: 90,
  baselineVoice: 1,
  influenceWeights: { ...STANDARD_WEIGHTS },
  bands: [1.25, 2, 3],
  partnersByBand: { low: 0, medium: 1, high: 2, 'very-high': 3 },
  partnersByBandMode: 'warn',
  partnersByWeight: [
    { from: 2, partners: 1, mode: 'warn' },
    { from: 3, partners: 2, mode: 'require' },
  ],
  influenceVisibility: 'formal',
}

// Every guard only warns in a crew.
const crew: Partial<InfluencePolicies> = {
  partnersByWeight: hospitality.partnersByWeight.map((each) => ({ ...each, mode: 'warn' })),
}

/**
 * The rules about influence. How it is counted (`halfLifeDays`, `baselineVoice`, `influenceWeights`) is read for the whole
 * past as it is in force at the moment asked about; nothing that was decided is decided again by it.
 */
export const influencePolicies = { shape, hospitality, crew }
