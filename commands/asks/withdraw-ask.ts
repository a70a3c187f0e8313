import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { ASK_REFUSALS, openAsk } from './ask.ts'
import { AskWithdrawn } from './events.ts'
import { yesesSlice } from './state.ts'

export const withdrawAsk = defineCommand({
  name: 'WithdrawAsk',
  summary: 'Takes back what you asked, as long as it waits for an answer.',
  book: 'private',
  who: 'member',
  wayOut: true,
  schema: z.strictObject({ askId: idOf('ask') }),
  reads: { yeses: yesesSlice },
  http: { method: 'POST', path: '/mine/asks/{askId}/withdrawal', location: '/mine/matters/{askId}' },
  refusals: { ...ASK_REFUSALS, NOT_YOURS_TO_WITHDRAW: 'Only whoever asked withdraws; whoever was asked declines.' },
  decide({ yeses }, { askId }, context) {
    const ask = openAsk(askId, yeses, context)
    if (isRefusal(ask)) return ask
    if (context.actor.kind !== 'person' || ask.by !== context.actor.personId) {
      return refuse('NOT_YOURS_TO_WITHDRAW', { message: 'Only whoever asked withdraws; whoever was asked declines.' })
    }
    return [AskWithdrawn.of({ askId, askedBy: ask.by, askedOf: ask.of })]
  },
  result: firstEventFields('askId'),
})
