import { z } from 'zod'

const guardMode = z.enum(['off', 'warn', 'require'])
const partners = z.int().min(0).max(5)

/** How many people somebody answers to who carries a role of a weight from here on. */
const byWeight = z.strictObject({ fromWeight: z.number().min(0).max(5), partners, mode: guardMode })

const shape = {
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
  accountabilityGapDays: z
    .int()
    .min(0)
    .max(90)
    .meta({ description: 'How long somebody may lack a partner before it is noticed' }),
}

type Values = z.output<z.ZodObject<typeof shape>>

const hospitality: Values = {
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
}
const crew: Partial<Values> = {
  partnersByBandMode: 'warn',
  partnersByWeight: [
    { fromWeight: 2, partners: 1, mode: 'warn' },
    { fromWeight: 3, partners: 2, mode: 'warn' },
  ],
}

/** The rules of accountability a community may set. */
export const accountabilityPolicies = { shape, hospitality, crew }
