import { z } from 'zod'
import { instantText } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf, prose } from '../../src/kernel/text.ts'
import { NotAgreedSaid } from './events.ts'
import { scribeSlice } from './state.ts'

export const sayNotAgreed = defineCommand({
  name: 'SayNotAgreed',
  summary:
    'Says "that\'s not what we agreed" of what a scribe noted, while it is open. It no longer counts; what was noted, and what you said, stay readable.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ noteId: idOf('note'), text: prose().meta({ description: 'What was agreed instead' }) }),
  reads: { scribe: scribeSlice },
  http: { method: 'POST', path: '/notes/{noteId}/not-agreed', location: '/notes' },
  cli: { verb: 'not-agreed', positional: ['noteId', 'text'] },
  refusals: {
    NOTE_STANDS: 'The days in which it was open are over. Whoever it names can dispute or correct it still.',
    ALREADY_SAID: 'Somebody has said so already, and it no longer counts.',
  },
  decide({ scribe }, { noteId, text }, { actor, now }) {
    const note = scribe.notes.get(noteId)
    if (!note || actor.kind !== 'person') return refuse('NOT_FOUND', { message: 'There is no such note.' })
    const { eventId: noteEventId, holdingId, about, openUntil } = note
    if (note.notAgreed) return refuse('ALREADY_SAID', { message: 'It no longer counts.' })
    if (openUntil !== undefined && openUntil <= now)
      return refuse('NOTE_STANDS', {
        facts: { openUntil: instantText(openUntil) },
        message: `It was open until ${instantText(openUntil)}.`,
      })
    const { personId } = actor
    return [NotAgreedSaid.of({ noteId, noteEventId, holdingId, about: [...about], personId, text })]
  },
  result: firstEventFields('noteId'),
})
