import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { eventId } from '../../src/kernel/text.ts'
import { peopleProjection } from '../people/projection.ts'
import { recordsProjection } from '../records/projection.ts'
import { auditEntry, entryOf } from './entries.ts'

export const eventQuestion = defineQuestion({
  name: 'event',
  summary: 'One event of the open book, with all that was said about it later.',
  reads: { people: peopleProjection, records: recordsProjection },
  params: z.strictObject({ event: eventId() }),
  answer: classed(1, z.object({ event: auditEntry })),
  timed: false,
  public: false,
  http: { path: '/events/{event}' },
  async ask(views, { event: id }, context) {
    for await (const event of context.events(0, [id])) {
      if (event.id === id) return { event: entryOf(event, views, context.touches(event), context) }
    }
    return undefined
  },
})
