import { z } from 'zod'
import { defineEvent, personal, personalIfAny, plain } from '../../src/kernel/define-event.ts'
import { dateForm, eventId, idOf, line, momentForm, prose } from '../../src/kernel/text.ts'
import { HOLDING_KINDS } from '../records/events.ts'

const person = idOf('person')
const note = idOf('note')

export const HoldingNoted = defineEvent({
  type: 'HoldingNoted',
  version: 1,
  book: 'open',
  summary:
    'A scribe has noted that somebody held a role. It is history: it fills no seat and binds nobody, and of another person it counts from the day it is witnessed.',
  fields: {
    noteId: plain(1, note),
    holdingId: plain(1, idOf('holding')),
    personId: plain(1, person),
    roleId: plain(1, idOf('role')),
    circleId: plain(1, idOf('circle')),
    kind: plain(1, z.enum(HOLDING_KINDS)),
    from: plain(1, dateForm()),
    to: plain(1, dateForm().optional()),
    /** The scribe noted a holding of their own. */
    selfDeclared: plain(1, z.boolean()),
    /** Until when it is open to "that's not what we agreed", where that is known as it is noted. */
    openUntil: plain(1, momentForm().optional()),
    words: personalIfAny(1, prose(), '@actor'),
  },
  touches: (data) => [
    `member:${data.personId}`,
    `role:${data.roleId}`,
    `circle:${data.circleId}`,
    `holding:${data.holdingId}`,
    `note:${data.noteId}`,
  ],
  effectiveAt: (data) => data.from,
  correctable: true,
})

export const DecisionNoted = defineEvent({
  type: 'DecisionNoted',
  version: 1,
  book: 'open',
  summary:
    'A scribe has noted what a meeting decided. It is a record of it, not an adopted proposal, and gives no mandate.',
  fields: {
    noteId: plain(1, note),
    circleId: plain(1, idOf('circle').optional()),
    decidedOn: plain(1, dateForm()),
    title: plain(1, line()),
    text: plain(1, prose()),
  },
  touches: (data) => [`note:${data.noteId}`, ...(data.circleId === undefined ? [] : [`circle:${data.circleId}`])],
  effectiveAt: (data) => data.decidedOn,
})

/** A word on a note, which goes wherever the note went. */
const aboutNote = {
  noteId: plain(1, note),
  noteEventId: plain(1, eventId()),
  holdingId: plain(1, idOf('holding').optional()),
  about: plain(1, z.array(z.string())),
  personId: plain(1, person),
}
const touchesNote = (data: { about: readonly string[]; personId: string; noteEventId: string }) => [
  ...data.about,
  `member:${data.personId}`,
  `event:${data.noteEventId}`,
]

export const NoteWitnessed = defineEvent({
  type: 'NoteWitnessed',
  version: 1,
  book: 'open',
  summary: 'Somebody else than the scribe says by their own act that it was so.',
  fields: { ...aboutNote, openUntil: plain(1, momentForm()) },
  touches: touchesNote,
})

export const NotAgreedSaid = defineEvent({
  type: 'NotAgreedSaid',
  version: 1,
  book: 'open',
  summary: 'A member has said in time that a note is not what was agreed. It no longer counts; it stays readable.',
  fields: { ...aboutNote, text: personal(1, prose(), 'personId') },
  touches: touchesNote,
})
