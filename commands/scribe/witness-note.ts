import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { communitySlice } from '../community/state.ts'
import { recordsSlice, whoIs } from '../records/state.ts'
import { NoteWitnessed } from './events.ts'
import { openFrom } from './open-until.ts'
import { scribeSlice } from './state.ts'

const NOT_YOURS_TO_WITNESS =
  "A member's holding is witnessed by that member: nobody is said to hold what they did not say yes to."

export const witnessNote = defineCommand({
  name: 'WitnessNote',
  summary:
    'Says by your own act that what a scribe noted was so. It counts from then on, and is open to "that\'s not what we agreed" for some days more.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ noteId: idOf('note') }),
  reads: { community: communitySlice, records: recordsSlice, scribe: scribeSlice },
  http: { method: 'POST', path: '/notes/{noteId}/witnesses', location: '/notes' },
  cli: { verb: 'witness', positional: ['noteId'] },
  refusals: {
    NOT_YOURS_TO_WITNESS,
    SELF_WITNESS: 'Whoever noted it has said so already; it needs the word of another.',
    ALREADY_WITNESSED: 'You have witnessed it already.',
    NOT_AGREED: 'Somebody said in time that this is not what was agreed. Agree, and note it again.',
  },
  decide({ community, records, scribe }, { noteId }, { actor, now }) {
    const note = scribe.notes.get(noteId)
    if (!note || actor.kind !== 'person') return refuse('NOT_FOUND', { message: 'There is no such note.' })
    const { personId } = actor
    if (note.scribe === personId) return refuse('SELF_WITNESS', { message: 'You noted it yourself.' })
    if (note.notAgreed) return refuse('NOT_AGREED', { message: 'Somebody said that this is not what was agreed.' })
    if (note.witnesses.has(personId)) return refuse('ALREADY_WITNESSED', { message: 'You have witnessed it already.' })
    const whose = note.personId === undefined ? undefined : whoIs(records, note.personId)
    const isAnothers = whose !== undefined && community.members.has(whose) && whose !== note.scribe
    if (isAnothers && whose !== personId) return refuse('NOT_YOURS_TO_WITNESS', { message: NOT_YOURS_TO_WITNESS })
    const { eventId: noteEventId, holdingId, about } = note
    const openUntil = openFrom(now, community)
    return [NoteWitnessed.of({ noteId, noteEventId, holdingId, about: [...about], personId, openUntil })]
  },
  result: firstEventFields('noteId', 'openUntil'),
})
