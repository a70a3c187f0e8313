import { z } from 'zod'
import { defineCommand } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, prose } from '../../src/kernel/text.ts'
import { ASK_REFUSALS, openAsk } from '../asks/ask.ts'
import { AskDeclined } from '../asks/events.ts'
import { yesesSlice } from '../asks/state.ts'
import { ALREADY_ACCEPTED } from './accept-invitation.ts'
import { InvitationDeclined } from './events.ts'
import { closedTo, INVITATION_CLOSED, personOf } from './standing.ts'
import { invitationsSlice } from './state.ts'
import { eitherOf } from './which.ts'

const NOT_YOURS_TO_DECLINE = 'Only whoever was invited says no; whoever invites withdraws.'
const ALREADY_DECLINED = 'You have said no already.'

export const declineInvitation = defineCommand({
  name: 'DeclineInvitation',
  summary:
    'Says no to an invitation. No reason is needed. What you were asked by name only the inviter learns of; a no to an invitation to all nobody but you.',
  book: 'private',
  who: 'member',
  wayOut: true,
  schema: z.strictObject({
    invitationId: idOf('invitation').optional(),
    askId: idOf('ask').optional(),
    note: prose().optional(),
  }),
  reads: { invitations: invitationsSlice, yeses: yesesSlice },
  http: { method: 'POST', path: '/mine/invitations/declines', location: '/mine/matters/{matter}' },
  refusals: { ...ASK_REFUSALS, INVITATION_CLOSED, NOT_YOURS_TO_DECLINE, ALREADY_ACCEPTED, ALREADY_DECLINED },
  decide({ invitations, yeses }, { invitationId, askId, note }, context) {
    const personId = personOf(context.actor)
    const which = eitherOf(invitationId, askId)
    if (isRefusal(which)) return which
    if (which.askId !== undefined) {
      const ask = openAsk(which.askId, yeses, context)
      if (isRefusal(ask)) return ask
      if (ask.what !== 'invitation') return refuse('NOT_FOUND', { message: 'There is no such ask.' })
      if (ask.of !== personId) return refuse('NOT_YOURS_TO_DECLINE', { message: NOT_YOURS_TO_DECLINE })
      return [AskDeclined.of({ askId: ask.askId, askedBy: ask.by, askedOf: ask.of, note })]
    }
    const id = which.invitationId ?? ''
    const life = invitations.lives.get(id)
    if (!life?.toAll) return unknownReference('/invitationId', id, 'invitation to all')
    if (life.inviters.has(personId)) return refuse('NOT_YOURS_TO_DECLINE', { message: NOT_YOURS_TO_DECLINE })
    if (life.yeses.has(personId)) return refuse('ALREADY_ACCEPTED', { message: 'You have said yes; take it back.' })
    const refusal = closedTo(life, personId, context.now)
    if (refusal) return refusal
    const declined = context.mine
      .all()
      .some(({ events }) =>
        events.some((event) => event.type === InvitationDeclined.type && invitationOf(event.data) === id),
      )
    if (declined) return refuse('ALREADY_DECLINED', { message: ALREADY_DECLINED })
    return [InvitationDeclined.of({ declineId: context.mint('decline'), invitationId: id, personId, note })]
  },
  result: ([first]) => {
    const { askId, declineId } = (first?.data ?? {}) as { askId?: string; declineId?: string }
    return { matter: declineId ?? askId }
  },
})

function invitationOf(data: unknown): string | undefined {
  return (data as { invitationId?: string }).invitationId
}
