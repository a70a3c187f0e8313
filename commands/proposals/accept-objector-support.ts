import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { askToAccept, YES_REFUSALS } from '../asks/ask.ts'
import { yesesSlice } from '../asks/state.ts'
import { ObjectorSupportAccepted } from './support-events.ts'

export const acceptObjectorSupport = defineCommand({
  name: 'AcceptObjectorSupport',
  summary:
    'Says yes to company, offered to you or asked of you. The yes is private too: the open book says nothing of it.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({ askId: idOf('ask') }),
  reads: { yeses: yesesSlice },
  http: {
    method: 'POST',
    path: '/mine/asks/{askId}/company',
    location: '/mine/matters/{askId}',
    target: '{askId}',
  },
  refusals: YES_REFUSALS,
  decide({ yeses }, { askId }, context) {
    const ask = askToAccept(askId, 'company', yeses, context)
    return isRefusal(ask) ? ask : [ObjectorSupportAccepted.of({ askId, askedBy: ask.by, askedOf: ask.of })]
  },
  result: firstEventFields('askId'),
})
