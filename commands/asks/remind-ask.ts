import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { ASK_REFUSALS, openAsk } from './ask.ts'
import { AskReminded } from './events.ts'
import { yesesSlice } from './state.ts'

export const remindAsk = defineCommand({
  name: 'RemindAsk',
  summary: 'Asks once more. There is no third time.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({ askId: idOf('ask') }),
  reads: { yeses: yesesSlice },
  http: {
    method: 'POST',
    path: '/mine/asks/{askId}/reminder',
    location: '/mine/matters/{askId}',
    target: '{askId}',
  },
  refusals: {
    ...ASK_REFUSALS,
    NOT_YOURS_TO_REMIND: 'Only whoever asked reminds.',
    ALREADY_REMINDED: 'You have reminded them once; more would be pressing.',
  },
  decide({ yeses }, { askId }, context) {
    const ask = openAsk(askId, yeses, context)
    if (isRefusal(ask)) return ask
    if (context.actor.kind !== 'person' || ask.by !== context.actor.personId)
      return refuse('NOT_YOURS_TO_REMIND', { message: 'Only whoever asked reminds.' })
    if (ask.reminded) return refuse('ALREADY_REMINDED', { message: 'You have reminded them once.' })
    return [AskReminded.of({ askId, askedBy: ask.by, askedOf: ask.of })]
  },
  result: firstEventFields('askId'),
})
