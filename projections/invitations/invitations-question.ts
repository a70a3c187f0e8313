import { z } from 'zod'
import { INVITATION_KINDS } from '../../commands/invitations/events.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import {
  type InvitationAnswer,
  invitationAnswer,
  invitationAnswerOf,
  invitationReads,
  namesOf,
} from './invitation-answers.ts'

export const invitationsQuestion = defineQuestion({
  name: 'invitations',
  summary:
    'The board of invitations to all, the newest first, with everybody who said yes: the same for everybody. Nobody sees who said no.',
  reads: invitationReads,
  params: z.strictObject({
    state: z
      .enum(['open', 'closed', 'lapsed', 'withdrawn', 'cancelled', 'over'])
      .optional()
      .meta({ description: 'Only those that stand so' }),
    kind: z.enum(INVITATION_KINDS).optional(),
  }),
  answer: classed(1, z.object({ invitations: z.array(invitationAnswer), count: z.int() })),
  timed: true,
  public: false,
  http: { path: '/invitations' },
  cli: { verb: 'invitations', positional: ['state'], aliases: { on: 'asOf' } },
  rows: ({ invitations }) => invitations.map(rowOf),
  ask(views, { state, kind }, context) {
    const found = [...views.invitations.told.keys()]
      .flatMap((id) => invitationAnswerOf(views, id, context) ?? [])
      .filter((each) => each.toAll && (state ?? each.state) === each.state && (kind ?? each.kind) === each.kind)
      .reverse()
    return { invitations: found, count: found.length }
  },
})

function rowOf(invitation: InvitationAnswer) {
  const { kind, title, inviters, since, respondBy, startsAt, endsAt, state, yeses, placesLeft, invitationId } =
    invitation
  return {
    title,
    kind,
    state,
    inviters: namesOf(inviters),
    since,
    respondBy,
    startsAt,
    endsAt,
    yeses: yeses.length,
    who: namesOf(yeses.map(({ person }) => person)),
    placesLeft,
    invitationId,
  }
}
