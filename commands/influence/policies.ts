import { z } from 'zod'
import { days, definePolicies } from '../community/policy-forms.ts'
import { STANDARD_WEIGHTS } from './component-facts.ts'

const weight = z.number().min(0).max(100)

/**
 * The rules about influence. How it is counted (`halfLifeDays`, `baselineVoice`, `influenceWeights`) is read for the whole
 * past as it is in force at the moment asked about; nothing that was decided is decided again by it.
 */
export const influencePolicies = definePolicies({
  shape: {
    halfLifeDays: days(14, 365).meta({
      description: 'Influence by acts, and what is left of a role that ended, halves in so many days',
    }),
    baselineVoice: z.number().min(0).max(5).meta({
      description: 'The voice every member has before they have done anything: anybody may invite and object',
    }),
    influenceWeights: z
      .strictObject(Object.fromEntries(Object.keys(STANDARD_WEIGHTS).map((key) => [key, weight.optional()])))
      .meta({ description: 'How much each kind of influence counts; what is left out counts as in the preset' }),
    influenceVisibility: z.enum(['aggregate', 'formal', 'named']).meta({
      description:
        "What members see of each other's influence: nothing but the community's figures, the formal part, or all",
    }),
  },
  hospitality: {
    halfLifeDays: 90,
    baselineVoice: 1,
    influenceWeights: { ...STANDARD_WEIGHTS },
    influenceVisibility: 'formal',
  },
  from: {
    halfLifeDays: "Colony's reputation halves in about 106 days; Microsolidarity has a rhythm of half a year",
    baselineVoice: 'Leadership as Hospitality: anyone can make an invitation; the number is a convention',
    influenceVisibility:
      'A convention; Bartlett asks to break the taboo on speaking of power, and a community may show all',
  },
})
