import { z } from 'zod'
import { classed } from '../../../../../src/kernel/data-class.ts'
import { dateBounds } from '../../../../../src/kernel/dates.ts'
import { defineQuestion } from '../../../../../src/kernel/define-question.ts'
import { kettleProjection } from './projection.ts'

export const kettleQuestion = defineQuestion({
  name: 'kettle',
  summary: 'How many cups the kettle gave.',
  reads: { kettle: kettleProjection },
  params: z.strictObject({ atLeast: z.int().min(1).default(1) }),
  answer: classed(1, z.object({ cups: z.int(), boilings: z.array(z.object({ cups: z.int(), at: z.string() })) })),
  timed: true,
  public: false,
  http: { path: '/kettle' },
  cli: { verb: 'kettle' },
  rows: ({ boilings }) => boilings,
  ask({ kettle }, { atLeast }, { asOf, revision }) {
    const boilings = kettle.boilings
      .filter((boiling) => boiling.revision <= revision && dateBounds(boiling.at).earliest <= asOf)
      .filter(({ cups }) => cups >= atLeast)
      .map(({ cups, at }) => ({ cups, at }))
    return { cups: boilings.reduce((sum, { cups }) => sum + cups, 0), boilings }
  },
})
