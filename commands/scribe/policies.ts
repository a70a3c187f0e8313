import { z } from 'zod'

/** The rules of what a scribe notes. */
export const scribePolicies = {
  shape: {
    noteOpenDays: z
      .int()
      .min(1)
      .max(60)
      .meta({ description: 'How long what a scribe noted is open to "that\'s not what we agreed", once it counts' }),
  },
  hospitality: { noteOpenDays: 7 },
  crew: {},
}
