import { z } from 'zod'
import { defineCommand } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { eventId, prose } from '../../src/kernel/text.ts'
import { holdersOf, holdsRoleIn, rolesSlice } from '../roles/state.ts'
import { RecordAnnotated } from './events.ts'
import { namesOrClaimed, touchesOf } from './named-by.ts'
import { knownEvent, recordsSlice } from './state.ts'

export const annotateRecord = defineCommand({
  name: 'AnnotateRecord',
  summary:
    'Adds words to an event, for those it names and those who hold its role or a role in its circle. They change nothing.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ eventId: eventId(), text: prose() }),
  reads: { records: recordsSlice, roles: rolesSlice },
  http: { method: 'POST', path: '/events/{eventId}/annotations', location: '/events/{eventId}' },
  cli: { verb: 'annotate', positional: ['eventId', 'text'] },
  refusals: {
    NOT_CONCERNED: 'The event neither names you nor is about a role you hold or a circle you hold a role in.',
  },
  decide({ records, roles }, { eventId: target, text }, context) {
    const event = knownEvent(records, target)
    if (!event) return refuse('NOT_FOUND', { message: 'There is no such event.' })
    const { actor, now } = context
    const about = [...touchesOf(event, context)]
    const concerned = (personId: string) =>
      namesOrClaimed(records, about, personId) ||
      about.some((touch) => touch.startsWith('role:') && holdersOf(roles, touch.slice(5), now).includes(personId)) ||
      about.some((touch) => touch.startsWith('circle:') && holdsRoleIn(roles, personId, touch.slice(7), now))
    if (actor.kind !== 'person' || !concerned(actor.personId))
      return refuse('NOT_CONCERNED', { message: 'The event does not concern you.' })
    return [RecordAnnotated.of({ eventId: target, about, personId: actor.personId, text })]
  },
})
