import { z } from 'zod'
import { defineEvent, personal, plain } from '../../src/kernel/define-event.ts'
import { idOf, line, momentForm } from '../../src/kernel/text.ts'

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

const person = idOf('person')
const ofMember = (data: { personId: string }) => [`member:${data.personId}`]

export const MemberLeft = defineEvent({
  type: 'MemberLeft',
  version: 1,
  book: 'open',
  summary: 'A member has left by their own act. Their credentials ended with it; their history stays.',
  fields: { personId: plain(1, person) },
  touches: ofMember,
})

export const MembershipEnded = defineEvent({
  type: 'MembershipEnded',
  version: 1,
  book: 'open',
  summary:
    'A membership has ended by an adopted proposal to end it together. Their credentials ended with it; their history stays.',
  fields: { personId: plain(1, person), proposalId: plain(1, idOf('proposal')) },
  touches: (data) => [...ofMember(data), `proposal:${data.proposalId}`],
})

export const LeaveTaken = defineEvent({
  type: 'LeaveTaken',
  version: 1,
  book: 'open',
  summary:
    'A member is away for a time, no reason asked; the clock of their terms stands still. Again: with new dates.',
  fields: {
    leaveId: plain(1, idOf('leave')),
    personId: plain(1, person),
    from: plain(1, momentForm()),
    to: plain(1, momentForm().optional()),
  },
  touches: ofMember,
  effectiveAt: (data) => data.from,
})

export const LeaveEnded = defineEvent({
  type: 'LeaveEnded',
  version: 1,
  book: 'open',
  summary: 'A member is back before the end they had named, or from a leave without one.',
  fields: { leaveId: plain(1, idOf('leave')), personId: plain(1, person) },
  touches: ofMember,
})

export const StillInSaid = defineEvent({
  type: 'StillInSaid',
  version: 1,
  book: 'open',
  summary: 'A member has said that they are still in.',
  fields: { personId: plain(1, person) },
  touches: ofMember,
})

export const SignInLinkMade = defineEvent({
  type: 'SignInLinkMade',
  version: 1,
  book: 'open',
  summary: 'A member has made a sign-in link for somebody who had never signed in. The link itself stands nowhere.',
  fields: { personId: plain(1, person) },
  touches: ofMember,
})

export const HistoryClaimed = defineEvent({
  type: 'HistoryClaimed',
  version: 1,
  book: 'open',
  summary: 'A member has claimed the history of a person whom an import names, by a link made for that person.',
  fields: { personId: plain(1, person), knownPersonId: plain(1, person) },
  touches: (data) => [`member:${data.personId}`, `member:${data.knownPersonId}`],
})

export const PolicyAmended = defineEvent({
  type: 'PolicyAmended',
  version: 1,
  book: 'open',
  summary: 'Rules of the community are others from now on. Provisional: made before its founding agreement.',
  fields: {
    version: plain(1, z.int()),
    // Which rules there are, and their values, is the table's: one rule more is no other shape of this event.
    changes: plain(1, z.record(z.string(), z.unknown())),
    provisional: plain(1, z.boolean()),
    proposalId: plain(1, idOf('proposal').optional()),
  },
  touches: (data) => [
    'community',
    'policies',
    ...(data.proposalId === undefined ? [] : [`proposal:${data.proposalId}`]),
  ],
})
