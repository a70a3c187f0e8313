import { z } from 'zod'
import { STANDARD_WEIGHTS } from './component-facts.ts'

const weight = z.number().min(0).max(100)

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
  influenceVisibility: 'formal',
}

/**
 * The rules about influence. How it is counted (`halfLifeDays`, `baselineVoice`, `influenceWeights`) is read for the whole
 * past as it is in force at the moment asked about; nothing that was decided is decided again by it.
 */
export const influencePolicies = { shape, hospitality }
