import { z } from 'zod'

const shape = {
  minHostsPerGathering: z.int().min(1).max(10).meta({ description: 'Fewer hosts than these are alone' }),
  hostingAlone: z
    .enum(['off', 'warn', 'require'])
    .meta({ description: 'Guard: so many hosts when a gathering is opened' }),
  contributionAttestFromHours: z
    .number()
    .min(0)
    .max(200)
    .meta({ description: 'A contribution of more hours that nobody has attested is shown with a warning' }),
  kAnonymity: z
    .int()
    .min(2)
    .max(20)
    .meta({ description: 'Fewer answers than these are never summed up, lest one of them be told' }),
}

type Values = z.output<z.ZodObject<typeof shape>>

const hospitality: Values = {
  minHostsPerGathering: 2,
  hostingAlone: 'warn',
  contributionAttestFromHours: 20,
  kAnonymity: 5,
}
const crew: Partial<Values> = {}

/** The rules of gatherings a community may set. */
export const gatheringPolicies = { shape, hospitality, crew }
