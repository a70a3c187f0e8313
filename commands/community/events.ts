import { z } from 'zod'
import { defineEvent, personal, plain } from '../../src/kernel/define-event.ts'
import { idOf, line } from '../../src/kernel/text.ts'

export const SCALES = ['dyad', 'crew', 'congregation', 'network'] as const
export const PRESETS = ['hospitality', 'crew'] as const

export const CommunityFounded = defineEvent({
  type: 'CommunityFounded',
  version: 1,
  book: 'open',
  summary: 'The community has begun to keep its books.',
  fields: {
    name: plain(0, line()),
    scale: plain(0, z.enum(SCALES)),
    preset: plain(0, z.enum(PRESETS)),
    publicRoster: plain(0, z.boolean()),
  },
  touches: () => ['community'],
})

export const MemberJoined = defineEvent({
  type: 'MemberJoined',
  version: 1,
  book: 'open',
  summary: 'Somebody has joined by their own act; a person known from an import keeps their history.',
  fields: {
    personId: plain(1, idOf('person')),
    displayName: personal(1, line(), 'personId'),
  },
  touches: (data) => [`member:${data.personId}`],
})
