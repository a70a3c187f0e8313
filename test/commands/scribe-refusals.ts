import type { HttpCommunity } from '../support/http-community.ts'
import { aRole } from '../support/lived-roles.ts'
import type { HttpRefusal } from './http-refusal.ts'
import { ada, ben, cyd, NOWHERE } from './refusal-case.ts'

const NO_NOTE = `note_${'x'.repeat(22)}`
const DECISION = { title: 'We eat at seven.', text: 'From now on we eat at seven.', decidedOn: '2026-01-01' }

async function notes(there: HttpCommunity, more: object = {}) {
  const roleId = await aRole(there, ada)
  return there.sends(ada, 'NoteHolding', { personId: ben, roleId, from: '2025-01-01', ...more })
}

async function notedOf(there: HttpCommunity, personId: string): Promise<string> {
  return (await notes(there, { personId })).body.result.noteId
}

async function decided(there: HttpCommunity): Promise<string> {
  return (await there.does(ada, 'NoteDecision', DECISION)).noteId ?? ''
}

export const SCRIBE_REFUSALS: readonly HttpRefusal[] = [
  {
    command: 'NoteHolding',
    code: 'FUTURE_FACT',
    because: 'whoever is to hold a role is asked',
    when: (there) => notes(there, { from: '2999-01-01' }),
  },
  {
    command: 'NoteHolding',
    code: 'VALIDATION_FAILED',
    because: 'it would end before it begins',
    when: (there) => notes(there, { to: '2024-12-31' }),
  },
  {
    command: 'NoteHolding',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such person',
    when: (there) => notes(there, { personId: NOWHERE.person }),
  },
  {
    command: 'NoteHolding',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such role',
    when: (there) => there.sends(ada, 'NoteHolding', { personId: ben, roleId: NOWHERE.role, from: '2025' }),
  },
  {
    command: 'NoteDecision',
    code: 'FUTURE_FACT',
    because: 'it is yet to be decided',
    when: (there) => there.sends(ada, 'NoteDecision', { ...DECISION, decidedOn: '2999' }),
  },
  {
    command: 'NoteDecision',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such circle',
    when: (there) => there.sends(ada, 'NoteDecision', { ...DECISION, circleId: NOWHERE.circle }),
  },
  {
    command: 'WitnessNote',
    code: 'NOT_FOUND',
    because: 'there is no such note',
    when: (there) => there.sends(ada, 'WitnessNote', { noteId: NO_NOTE }),
  },
  {
    command: 'WitnessNote',
    code: 'SELF_WITNESS',
    because: 'Ada noted it herself',
    when: async (there) => there.sends(ada, 'WitnessNote', { noteId: await decided(there) }),
  },
  {
    command: 'WitnessNote',
    code: 'NOT_YOURS_TO_WITNESS',
    because: 'Cyd does not say yes in the place of Ben',
    when: async (there) => there.sends(cyd, 'WitnessNote', { noteId: await notedOf(there, ben) }),
  },
  {
    command: 'WitnessNote',
    code: 'ALREADY_WITNESSED',
    because: 'they said so before',
    when: async (there) => {
      const noteId = await decided(there)
      await there.does(ben, 'WitnessNote', { noteId })
      return there.sends(ben, 'WitnessNote', { noteId })
    },
  },
  {
    command: 'WitnessNote',
    code: 'NOT_AGREED',
    because: 'Cyd said that it is not what was agreed',
    when: async (there) => {
      const noteId = await decided(there)
      await there.does(cyd, 'SayNotAgreed', { noteId, text: 'At half past six.' })
      return there.sends(ben, 'WitnessNote', { noteId })
    },
  },
  {
    command: 'SayNotAgreed',
    code: 'NOT_FOUND',
    because: 'there is no such note',
    when: (there) => there.sends(ada, 'SayNotAgreed', { noteId: NO_NOTE, text: 'No.' }),
  },
  {
    command: 'SayNotAgreed',
    code: 'ALREADY_SAID',
    because: 'Cyd said so before',
    when: async (there) => {
      const noteId = await decided(there)
      await there.does(cyd, 'SayNotAgreed', { noteId, text: 'At half past six.' })
      return there.sends(ben, 'SayNotAgreed', { noteId, text: 'At eight.' })
    },
  },
  {
    command: 'SayNotAgreed',
    code: 'NOTE_STANDS',
    because: 'seven days have gone by since it was witnessed',
    when: async (there) => {
      const noteId = await decided(there)
      await there.later(30)
      await there.does(ben, 'WitnessNote', { noteId })
      await there.later(7)
      return there.sends(cyd, 'SayNotAgreed', { noteId, text: 'At half past six.' })
    },
  },
  {
    command: 'SayNotAgreed',
    code: 'NOTE_STANDS',
    because: "seven days have gone by since somebody's own word",
    when: async (there) => {
      const noteId = await notedOf(there, ada)
      await there.later(7)
      return there.sends(cyd, 'SayNotAgreed', { noteId, text: 'It was me.' })
    },
  },
]
