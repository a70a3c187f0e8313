import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { AcceptanceWithdrawn } from './events.ts'
import { personOf } from './standing.ts'
import { invitationsSlice } from './state.ts'

const NOTHING_TO_WITHDRAW = 'No yes of yours to this stands.'

export const withdrawAcceptance = defineCommand({
  name: 'WithdrawAcceptance',
  summary: 'Takes back your yes to an invitation. It is never refused while a yes stands, and no reason is asked.',
  book: 'open',
  who: 'member',
  wayOut: true,
  schema: z.strictObject({ invitationId: idOf('invitation') }),
  reads: { invitations: invitationsSlice },
  http: {
    method: 'POST',
    path: '/invitations/{invitationId}/withdrawals',
    location: '/invitations/{invitationId}',
  },
  refusals: { NOTHING_TO_WITHDRAW },
  decide({ invitations }, { invitationId }, { actor }) {
    const personId = personOf(actor)
    const life = invitations.lives.get(invitationId)
    if (!life) return refuse('NOT_FOUND', { message: 'There is no such invitation.' })
    if (!life.yeses.has(personId)) return refuse('NOTHING_TO_WITHDRAW', { message: NOTHING_TO_WITHDRAW })
    return [AcceptanceWithdrawn.of({ invitationId, personId })]
  },
  result: firstEventFields('invitationId'),
})
