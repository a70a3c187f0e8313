import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { askedOf, askToAccept, YES_REFUSALS } from '../asks/ask.ts'
import { yesesSlice } from '../asks/state.ts'
import { invitationsSlice } from '../invitations/state.ts'
import { HostingShared } from './events.ts'
import { ALREADY_A_HOST, GATHERING_NOT_OPEN, gatheringBy, isHost, isOver } from './hosts.ts'

export const acceptHosting = defineCommand({
  name: 'AcceptHosting',
  summary: 'Says yes to hosting a gathering. From here on everybody sees that you do, and who asked.',
  book: 'open',
  who: 'member',
  yes: true,
  schema: z.strictObject({ askId: idOf('ask') }),
  reads: { invitations: invitationsSlice, yeses: yesesSlice },
  http: { method: 'POST', path: '/gatherings/hosting', location: '/gatherings/{invitationId}' },
  refusals: { ...YES_REFUSALS, GATHERING_NOT_OPEN: 'The gathering is over or was cancelled.', ALREADY_A_HOST },
  decide({ invitations, yeses }, { askId }, context) {
    const ask = askToAccept(askId, 'hosting', yeses, context)
    if (isRefusal(ask)) return ask
    const life = gatheringBy(invitations, ask.about)
    if (isRefusal(life)) return life
    if (isOver(life, context.now)) return refuse('GATHERING_NOT_OPEN', { message: GATHERING_NOT_OPEN })
    if (isHost(life, ask.of, context.now)) return refuse('ALREADY_A_HOST', { message: ALREADY_A_HOST })
    return [HostingShared.of({ invitationId: ask.about, personId: ask.of, asked: askedOf(ask) })]
  },
  result: firstEventFields('invitationId'),
})
