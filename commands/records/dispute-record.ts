import { z } from 'zod'
import { defineCommand } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { eventId, prose } from '../../src/kernel/text.ts'
import { RecordDisputed } from './events.ts'
import { namesOrClaimed, touchesOf } from './named-by.ts'
import { knownEvent, recordsSlice } from './state.ts'

export const disputeRecord = defineCommand({
  name: 'DisputeRecord',
  summary:
    'Says that an event which names you is not so. Nothing changes but that every answer resting on it says it is disputed.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ eventId: eventId(), text: prose() }),
  reads: { records: recordsSlice },
  http: { method: 'POST', path: '/events/{eventId}/disputes', location: '/events/{eventId}' },
  cli: { verb: 'dispute', positional: ['eventId', 'text'] },
  refusals: { NOT_YOURS_TO_DISPUTE: 'Only a person the event names can dispute it.' },
  decide({ records }, { eventId: target, text }, context) {
    const event = knownEvent(records, target)
    if (!event) return refuse('NOT_FOUND', { message: 'There is no such event.' })
    const about = [...touchesOf(event, context)]
    const { actor } = context
    if (actor.kind !== 'person' || !namesOrClaimed(records, about, actor.personId)) {
      return refuse('NOT_YOURS_TO_DISPUTE', { message: 'The event does not name you.' })
    }
    return [RecordDisputed.of({ eventId: target, about, personId: actor.personId, text })]
  },
})
