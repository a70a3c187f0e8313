import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf, prose } from '../../src/kernel/text.ts'
import { ASK_REFUSALS, openAsk } from './ask.ts'
import { AskDeclined } from './events.ts'
import { yesesSlice } from './state.ts'

export const declineAsk = defineCommand({
  name: 'DeclineAsk',
  summary: 'Says no to what you were asked. No reason is needed, and only whoever asked ever knows.',
  book: 'private',
  who: 'member',
  wayOut: true,
  schema: z.strictObject({ askId: idOf('ask'), note: prose().optional() }),
  reads: { yeses: yesesSlice },
  http: {
    method: 'POST',
    path: '/mine/asks/{askId}/decline',
    location: '/mine/matters/{askId}',
  },
  refusals: { ...ASK_REFUSALS, NOT_YOURS_TO_DECLINE: 'Only whoever was asked says no; whoever asked withdraws.' },
  decide({ yeses }, { askId, note }, context) {
    const ask = openAsk(askId, yeses, context)
    if (isRefusal(ask)) return ask
    if (context.actor.kind !== 'person' || ask.of !== context.actor.personId) {
      return refuse('NOT_YOURS_TO_DECLINE', { message: 'Only whoever was asked says no; whoever asked withdraws.' })
    }
    return [AskDeclined.of({ askId, askedBy: ask.by, askedOf: ask.of, note })]
  },
  result: firstEventFields('askId'),
})
