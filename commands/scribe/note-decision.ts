import { z } from 'zod'
import { dateBounds } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { dateForm, idOf, line, prose } from '../../src/kernel/text.ts'
import { circleExists, circlesSlice } from '../circles/state.ts'
import { DecisionNoted } from './events.ts'

export const noteDecision = defineCommand({
  name: 'NoteDecision',
  summary:
    'Notes, as a scribe, what a meeting decided. It counts once somebody else witnesses it, and gives no mandate: that takes a proposal.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    title: line().meta({ description: 'What was decided, in a few words' }),
    text: prose().meta({ description: 'The decision as it was put' }),
    decidedOn: dateForm().meta({ description: 'When it was decided' }),
    circleId: idOf('circle').optional().meta({ description: 'Which circle met; the whole community unless given' }),
  }),
  reads: { circles: circlesSlice },
  http: { method: 'POST', path: '/notes/decisions', location: '/notes' },
  cli: {
    verb: 'note-decision',
    positional: ['title', 'text', 'decidedOn'],
    circles: ['circleId'],
    aliases: { circleId: 'circle' },
  },
  refusals: {},
  decide({ circles }, { circleId, decidedOn, title, text }, { mint, now }) {
    if (circleId !== undefined && !circleExists(circles, circleId))
      return unknownReference('/circleId', circleId, 'circle')
    if (dateBounds(decidedOn).earliest > now)
      return refuse('FUTURE_FACT', {
        pointer: '/decidedOn',
        facts: { decidedOn },
        message: 'A note is of what was decided, not of what will be.',
      })
    return [DecisionNoted.of({ noteId: mint('note'), circleId, decidedOn, title, text })]
  },
  result: firstEventFields('noteId'),
})
