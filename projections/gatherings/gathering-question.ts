import { z } from 'zod'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { line } from '../../src/kernel/text.ts'
import { invitationReads } from '../invitations/invitation-answers.ts'
import { gatheringAnswer, gatheringAnswerOf } from './gathering-answers.ts'

export const gatheringQuestion = defineQuestion({
  name: 'gathering',
  summary: 'One gathering: who hosts, who is there, who is at home, and what people gave before, during and after it.',
  reads: invitationReads,
  params: z.strictObject({ gathering: line(60).meta({ description: 'The id of the invitation it is' }) }),
  answer: gatheringAnswer,
  timed: true,
  resource: ({ invitationId }) => `invitation:${invitationId}`,
  public: false,
  http: { path: '/gatherings/{gathering}' },
  rows: ({ contributions }) =>
    contributions.map(({ person, phase, size, hours, what, at, notAttestedYet }) => ({
      person: person.name ?? '(erased)',
      phase,
      size,
      hours,
      what,
      at,
      notAttestedYet,
    })),
  ask: (views, { gathering }, context) => gatheringAnswerOf(views, gathering, context),
})
