import { days, definePolicies } from '../community/policy-forms.ts'

export const askPolicies = definePolicies({
  shape: {
    respondByDays: days(1, 90).meta({ description: 'How long an ask waits for an answer where it does not say' }),
  },
  hospitality: { respondByDays: 14 },
})
