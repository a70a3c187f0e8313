import { z } from 'zod'
import { definePolicies, guardMode } from '../community/policy-forms.ts'

export const gatheringPolicies = definePolicies({
  shape: {
    minHostsPerGathering: z.int().min(1).max(10).meta({ description: 'Fewer hosts than these are alone' }),
    hostingAlone: guardMode.meta({ description: 'Guard: so many hosts when a gathering is opened' }),
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
  },
  hospitality: { minHostsPerGathering: 2, hostingAlone: 'warn', contributionAttestFromHours: 20, kAnonymity: 5 },
  crew: { hostingAlone: 'warn' },
  from: {
    minHostsPerGathering: 'Microsolidarity: never host alone; its large gatherings have two anchors and four co-hosts',
    kAnonymity: 'A convention: the size of a crew',
  },
})
