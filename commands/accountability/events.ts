import { z } from 'zod'
import { defineEvent, plain } from '../../src/kernel/define-event.ts'
import { idOf, line, momentForm } from '../../src/kernel/text.ts'
import { askedOfKind, askFieldsOf, askParts } from '../asks/events.ts'

const person = idOf('person')

/** What somebody answers for to a partner: all they do here, or one role. */
export const accountabilityScope = () => z.union([z.literal('all'), idOf('role')])
export type AccountabilityScope = z.output<ReturnType<typeof accountabilityScope>>

const mentorship = {
  mentorshipId: plain(1, idOf('mentorship')),
  menteeId: plain(1, person),
  mentorId: plain(1, person),
}
const touchesMentorship = (data: { mentorshipId: string; menteeId: string; mentorId: string }) => [
  `member:${data.menteeId}`,
  `member:${data.mentorId}`,
  `mentorship:${data.mentorshipId}`,
]

export const MentorInvited = defineEvent({
  type: 'MentorInvited',
  version: 1,
  book: 'private',
  summary: 'Somebody asks a member to be their mentor.',
  fields: { ...askFieldsOf('mentorship'), topics: plain(2, z.array(line(100))) },
  ...askParts,
})

export const MentorshipStarted = defineEvent({
  type: 'MentorshipStarted',
  version: 1,
  book: 'open',
  summary: 'A member is mentor of another, whom that other asked, by their own yes.',
  fields: { ...mentorship, topics: plain(1, z.array(line(100))), asked: askedOfKind('mentorship') },
  touches: touchesMentorship,
})

export const MentorshipEnded = defineEvent({
  type: 'MentorshipEnded',
  version: 1,
  book: 'open',
  summary: 'A mentorship has ended: one of the two ended it, or left.',
  fields: { ...mentorship, reason: plain(1, z.enum(['ended', 'left'])) },
  touches: touchesMentorship,
})

const accountability = {
  accountabilityId: plain(1, idOf('accountability')),
  /** Who answers. */
  personId: plain(1, person),
  /** To whom. */
  partnerId: plain(1, person),
  scope: plain(1, accountabilityScope()),
}
const touchesAccountability = (data: {
  accountabilityId: string
  personId: string
  partnerId: string
  scope: AccountabilityScope
}) => [
  `member:${data.personId}`,
  `member:${data.partnerId}`,
  `accountability:${data.accountabilityId}`,
  ...(data.scope === 'all' ? [] : [`role:${data.scope}`]),
]

export const AccountabilityPartnerInvited = defineEvent({
  type: 'AccountabilityPartnerInvited',
  version: 1,
  book: 'private',
  summary: 'Somebody asks a member to hold them to account, in all they do or in one role.',
  fields: { ...askFieldsOf('accountability'), scope: plain(2, accountabilityScope()) },
  ...askParts,
})

export const AccountabilityStarted = defineEvent({
  type: 'AccountabilityStarted',
  version: 1,
  book: 'open',
  summary: 'A member answers to another, whom they asked, by that other’s own yes.',
  fields: { ...accountability, asked: askedOfKind('accountability') },
  touches: touchesAccountability,
})

export const AccountabilityEnded = defineEvent({
  type: 'AccountabilityEnded',
  version: 1,
  book: 'open',
  summary: 'An accountability tie has ended: one of the two ended it, or left.',
  fields: { ...accountability, reason: plain(1, z.enum(['ended', 'left'])) },
  touches: touchesAccountability,
})

const gap = {
  personId: plain(1, person),
  roleId: plain(1, idOf('role')),
  required: plain(1, z.int()),
  have: plain(1, z.int()),
  since: plain(1, momentForm()),
}

export const AccountabilityGapOpened = defineEvent({
  type: 'AccountabilityGapOpened',
  version: 1,
  book: 'open',
  summary: 'A notice: whoever holds a role answers to fewer people than it asks for, for longer than the grace.',
  fields: gap,
  touches: (data) => [`member:${data.personId}`, `role:${data.roleId}`],
  effectiveAt: (data) => data.since,
})

export const AccountabilityGapClosed = defineEvent({
  type: 'AccountabilityGapClosed',
  version: 1,
  book: 'open',
  summary: 'A notice: whoever holds a role answers to as many people as it asks for, or holds it no longer.',
  fields: { ...gap, until: plain(1, momentForm()) },
  touches: (data) => [`member:${data.personId}`, `role:${data.roleId}`],
  effectiveAt: (data) => data.until,
})
