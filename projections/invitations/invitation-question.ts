import { z } from 'zod'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { line } from '../../src/kernel/text.ts'
import { invitationAnswer, invitationAnswerOf, invitationReads } from './invitation-answers.ts'

export const invitationQuestion = defineQuestion({
  name: 'invitation',
  summary: 'One invitation, with everybody who said yes to it.',
  reads: invitationReads,
  params: z.strictObject({ invitation: line(60) }),
  answer: invitationAnswer,
  timed: true,
  resource: ({ invitationId }) => `invitation:${invitationId}`,
  public: false,
  http: { path: '/invitations/{invitation}' },
  rows: ({ yeses }) =>
    yeses.map(({ person, since, toReconfirm }) => ({ person: person.name ?? '(erased)', since, toReconfirm })),
  ask: (views, { invitation }, context) => invitationAnswerOf(views, invitation, context),
})
