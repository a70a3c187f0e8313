import { z } from 'zod'
import { days, definePolicies, guardMode, weightLimit } from '../community/policy-forms.ts'

const partners = z.int().min(0).max(5)

/** How many people somebody answers to who carries a role of a weight from here on. */
const byWeight = z.strictObject({ fromWeight: weightLimit(), partners, mode: guardMode })

export const accountabilityPolicies = definePolicies({
  shape: {
    bands: z
      .strictObject({ medium: z.number().min(1), high: z.number().min(1), veryHigh: z.number().min(1) })
      .refine(({ medium, high, veryHigh }) => medium < high && high < veryHigh, 'must ascend')
      .meta({ description: 'From how many times the average voice influence is medium, high, very high' }),
    partnersByBand: z
      .strictObject({ low: partners, medium: partners, high: partners, veryHigh: partners })
      .meta({ description: 'How many people somebody answers to, by how much influence they have' }),
    partnersByBandMode: guardMode.meta({ description: 'Guard: as many partners as the influence asks for' }),
    partnersByWeight: z
      .array(byWeight)
      .max(6)
      .meta({ description: 'How many people a holder answers to, by how much the role carries: a guard each' }),
    reciprocalAccountability: z.boolean().meta({ description: 'Whether two people may answer to each other' }),
    partnerMaxLoad: z.int().min(1).max(10).meta({ description: 'How many people may answer to one' }),
    accountabilityGapDays: days(0, 90).meta({
      description: 'How long somebody may lack a partner before it is noticed',
    }),
  },
  hospitality: {
    bands: { medium: 1.25, high: 2, veryHigh: 3 },
    partnersByBand: { low: 0, medium: 1, high: 2, veryHigh: 3 },
    partnersByBandMode: 'warn',
    partnersByWeight: [
      { fromWeight: 2, partners: 1, mode: 'warn' },
      { fromWeight: 3, partners: 2, mode: 'require' },
    ],
    reciprocalAccountability: false,
    partnerMaxLoad: 3,
    accountabilityGapDays: 14,
  },
  crew: {
    partnersByBandMode: 'warn',
    partnersByWeight: [
      { fromWeight: 2, partners: 1, mode: 'warn' },
      { fromWeight: 3, partners: 2, mode: 'warn' },
    ],
  },
  from: {
    partnersByBand:
      "Enspiral's catalysts have three active stewards, a worker member of Loomio one; what lies between is a convention",
    reciprocalAccountability: "Loomio: two people cannot be each other's stewards",
    partnerMaxLoad: "Enspiral's catalysts: one each; made easier for small groups by convention",
    accountabilityGapDays:
      'Enspiral removes who has no three stewards; here it is only shown, after days by convention',
  },
})
