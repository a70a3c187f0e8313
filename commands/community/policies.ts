import { z } from 'zod'
import { days, definePolicies } from './policy-forms.ts'

export const communityPolicies = definePolicies({
  shape: {
    maxBackdateDays: days(0, 365).meta({ description: 'How far back an act may say it was true in the world' }),
    bootstrapDays: days(0, 365).meta({
      description: 'How long any member may set rules, from the founding on, unless a founding agreement comes first',
    }),
    maxMembers: z.int().min(1).max(100_000).nullable().meta({ description: 'How many may be members; null: no limit' }),
  },
  hospitality: { maxBackdateDays: 30, bootstrapDays: 90, maxMembers: null },
})
