import { z } from 'zod'
import { defineEvent, personal, personalIfAny, plain } from '../../src/kernel/define-event.ts'
import { idOf, line, momentForm, prose } from '../../src/kernel/text.ts'
import { askedOfKind, askFieldsOf, askParts } from '../asks/events.ts'

export const INVITATION_KINDS = ['project', 'gathering', 'governance', 'crew', 'membership', 'other'] as const
export type InvitationKind = (typeof INVITATION_KINDS)[number]

/** What a personal invitation may touch on that takes more care between people of unequal influence. */
export const SENSITIVE_TOPICS = ['money', 'commitment'] as const

/** What saying yes takes, in plain words: said before anybody answers. */
export const invitationAsks = () =>
  z.strictObject({
    timeHours: z.number().min(0).max(10_000).optional().meta({ description: 'Hours it takes, about' }),
    money: line(200).optional().meta({ description: 'What it costs, in words' }),
    disclosure: line(500).optional().meta({ description: 'What people will be asked to tell of themselves' }),
  })

const person = idOf('person')
const invitation = idOf('invitation')
const named = { invitationId: plain(1, invitation), personId: plain(1, person) }
const touchesBoth = (data: { invitationId: string; personId: string }) => [
  `invitation:${data.invitationId}`,
  `member:${data.personId}`,
]

/** What an invitation is to, as everybody may read it. */
const offer = {
  kind: plain(1, z.enum(INVITATION_KINDS)),
  title: plain(1, line()),
  startsAt: plain(1, momentForm().optional()),
  endsAt: plain(1, momentForm().optional()),
}

export const InvitationProposed = defineEvent({
  type: 'InvitationProposed',
  version: 1,
  book: 'open',
  summary: 'A member invites everybody to take part in something.',
  fields: {
    invitationId: plain(1, invitation),
    /** Whoever proposed it; others join by their own act. */
    inviterIds: plain(1, z.array(person)),
    ...offer,
    purpose: plain(1, prose()),
    respondBy: plain(1, momentForm()),
    places: plain(1, z.int().optional()),
    asks: plain(1, invitationAsks().optional()),
    proposalId: plain(1, idOf('proposal').optional()),
  },
  touches: (data) => [`invitation:${data.invitationId}`, ...data.inviterIds.map((id) => `member:${id}`)],
})

export const PersonalInvitationProposed = defineEvent({
  type: 'PersonalInvitationProposed',
  version: 1,
  book: 'private',
  summary: 'A member invites somebody by name. Only the two know until the yes.',
  fields: {
    ...askFieldsOf('invitation'),
    /** The name the invitation will go by for everybody once somebody has said yes; it is nowhere else until then. */
    invitationId: plain(2, idOf('invitation')),
    kind: plain(2, z.enum(INVITATION_KINDS)),
    title: plain(2, line()),
    purpose: personal(2, prose(), 'askedBy'),
    startsAt: plain(2, momentForm().optional()),
    endsAt: plain(2, momentForm().optional()),
    places: plain(2, z.int().optional()),
    asks: plain(2, invitationAsks().optional()),
    sensitiveTopics: plain(2, z.array(z.enum(SENSITIVE_TOPICS))),
    proposalId: plain(2, idOf('proposal').optional()),
  },
  ...askParts,
})

export const InviterJoined = defineEvent({
  type: 'InviterJoined',
  version: 1,
  book: 'open',
  summary: 'A member invites along with those who did before, by their own act.',
  fields: named,
  touches: touchesBoth,
})

export const InvitationAccepted = defineEvent({
  type: 'InvitationAccepted',
  version: 1,
  book: 'open',
  summary: 'A person has said yes to an invitation; what they were asked by name is told with it, and by whom.',
  fields: {
    ...named,
    inviterIds: plain(1, z.array(person)),
    ...offer,
    places: plain(1, z.int().optional()),
    proposalId: plain(1, idOf('proposal').optional()),
    /** Their yes stood already, to other dates: the same yes once more. */
    reconfirms: plain(1, z.literal(true).optional()),
    /** Where it was an invitation by name: what was asked, by whom and when. */
    asked: plain(1, askedOfKind('invitation').schema.optional()),
  },
  touches: (data) => [...touchesBoth(data), ...data.inviterIds.map((id) => `member:${id}`)],
})

export const AcceptanceWithdrawn = defineEvent({
  type: 'AcceptanceWithdrawn',
  version: 1,
  book: 'open',
  summary: 'A person has taken back their yes to an invitation. No reason is needed.',
  fields: named,
  touches: touchesBoth,
})

export const InvitationDeclined = defineEvent({
  type: 'InvitationDeclined',
  version: 1,
  book: 'private',
  summary: 'A person has said no to an invitation to all, for themself: nobody but they can read it.',
  fields: {
    declineId: plain(2, idOf('decline')),
    invitationId: plain(2, idOf('invitation')),
    personId: plain(2, idOf('person')),
    note: personalIfAny(2, prose(), 'personId'),
  },
  matter: (data) => data.declineId,
  parties: (data) => [data.personId],
  touches: (data) => [`decline:${data.declineId}`],
})

export const InvitationReminded = defineEvent({
  type: 'InvitationReminded',
  version: 1,
  book: 'open',
  summary: 'An inviter has reminded everybody, once.',
  fields: named,
  touches: touchesBoth,
})

export const InvitationWithdrawn = defineEvent({
  type: 'InvitationWithdrawn',
  version: 1,
  book: 'open',
  summary: 'An inviter no longer invites. Whoever had said yes is free of it.',
  fields: named,
  touches: touchesBoth,
})

export const InvitationClosed = defineEvent({
  type: 'InvitationClosed',
  version: 1,
  book: 'open',
  summary: 'An inviter takes no more answers. What was said yes to stands.',
  fields: named,
  touches: touchesBoth,
})
