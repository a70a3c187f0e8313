import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { invitationReads, namesOf } from '../invitations/invitation-answers.ts'
import { inOrder } from '../roster/in-order.ts'
import { gatheringAnswer, gatheringAnswerOf } from './gathering-answers.ts'

export const gatheringsQuestion = defineQuestion({
  name: 'gatherings',
  summary: 'Gatherings, the one that begins last first: who hosts, who comes, who is at home, what people gave.',
  reads: invitationReads,
  params: z.strictObject({
    state: z
      .enum(['to-come', 'open', 'over', 'cancelled', 'withdrawn'])
      .optional()
      .meta({ description: 'Only those that stand so' }),
  }),
  answer: classed(1, z.object({ gatherings: z.array(gatheringAnswer), count: z.int() })),
  timed: true,
  public: false,
  http: { path: '/gatherings' },
  cli: { verb: 'gatherings', positional: ['state'], aliases: { on: 'asOf' } },
  rows: ({ gatherings }) =>
    gatherings.map(
      ({ title, state, startsAt, endsAt, openedAt, closedAt, hosts, guests, home, hours, invitationId }) => ({
        title,
        state,
        startsAt,
        endsAt,
        openedAt,
        closedAt,
        hosts: namesOf(hosts),
        guests: namesOf(guests),
        atHomeSince: home?.since ?? null,
        hours,
        invitationId,
      }),
    ),
  ask(views, { state }, context) {
    const found = [...views.invitations.told.keys()]
      .flatMap((id) => gatheringAnswerOf(views, id, context) ?? [])
      .filter((each) => state === undefined || each.state === state)
    const gatherings = inOrder(found, ({ startsAt, invitationId }) => [-Date.parse(startsAt), invitationId])
    return { gatherings, count: gatherings.length }
  },
})
