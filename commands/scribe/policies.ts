import { days, definePolicies } from '../community/policy-forms.ts'

export const scribePolicies = definePolicies({
  shape: {
    noteOpenDays: days(1, 60).meta({
      description: 'How long what a scribe noted is open to "that\'s not what we agreed", once it counts',
    }),
  },
  hospitality: { noteOpenDays: 7 },
})
