import { z } from 'zod'
import { defineEvent, personal, personalIfAny, plain } from '../../src/kernel/define-event.ts'
import { idOf, line, momentForm, prose } from '../../src/kernel/text.ts'
import { askedOfKind, askFieldsOf, askParts } from '../asks/events.ts'

export const CONTRIBUTION_PHASES = ['preparation', 'during', 'after'] as const

/** Three sizes in which people remember what something took, with the hours each counts as (a convention of ours). */
export const CONTRIBUTION_SIZES = { 'an-evening': 3, 'some-days': 15, weeks: 60 } as const
export const SIZES = [
  'an-evening',
  'some-days',
  'weeks',
] as const satisfies readonly (keyof typeof CONTRIBUTION_SIZES)[]

/** What one person may say at a time that they gave, hours. */
export const MAX_HOURS = 200

const person = idOf('person')
/** A gathering goes by the id of the invitation it is. `personId` is who did it. */
const byWhom = { invitationId: plain(1, idOf('invitation')), personId: plain(1, person) }
const touchesBoth = (data: { invitationId: string; personId: string }) => [
  `invitation:${data.invitationId}`,
  `member:${data.personId}`,
]

const warned = {
  policyVersion: z.int(),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
}

export const GatheringOpened = defineEvent({
  type: 'GatheringOpened',
  version: 1,
  book: 'open',
  summary: 'A host has opened a gathering earlier than its date.',
  fields: { ...byWhom, snapshot: plain(1, z.strictObject({ ...warned, minHostsPerGathering: z.int() })) },
  touches: touchesBoth,
})

export const GatheringMoved = defineEvent({
  type: 'GatheringMoved',
  version: 1,
  book: 'open',
  summary: 'A gathering has other dates.',
  fields: {
    ...byWhom,
    startsAt: plain(1, momentForm()),
    endsAt: plain(1, momentForm()),
    /** Whether every yes before it has to be said again: so unless it was under way and only its end moved. */
    reconfirm: plain(1, z.boolean()),
  },
  touches: touchesBoth,
})

export const GatheringCancelled = defineEvent({
  type: 'GatheringCancelled',
  version: 1,
  book: 'open',
  summary: 'A gathering does not take place, or no longer.',
  fields: byWhom,
  touches: touchesBoth,
})

export const GatheringClosed = defineEvent({
  type: 'GatheringClosed',
  version: 1,
  book: 'open',
  summary: 'A gathering has ended before its date.',
  fields: byWhom,
  touches: touchesBoth,
})

export const ContributionRecorded = defineEvent({
  type: 'ContributionRecorded',
  version: 1,
  book: 'open',
  summary: 'A person says what they gave to a gathering: before, during or after it.',
  fields: {
    contributionId: plain(1, idOf('contribution')),
    ...byWhom,
    phase: plain(1, z.enum(CONTRIBUTION_PHASES)),
    /** As it was said, where it was said as a size. */
    size: plain(1, z.enum(SIZES).optional()),
    hours: plain(1, z.number().min(0).max(MAX_HOURS)),
    what: personal(1, line(500), 'personId'),
    snapshot: plain(1, z.strictObject({ ...warned, contributionAttestFromHours: z.number() })),
  },
  touches: (data) => [...touchesBoth(data), `contribution:${data.contributionId}`],
  correctable: true,
})

export const HostingOffered = defineEvent({
  type: 'HostingOffered',
  version: 1,
  book: 'private',
  summary: 'A host asks somebody to host a gathering with them.',
  fields: { ...askFieldsOf('hosting'), invitationId: plain(2, idOf('invitation')) },
  ...askParts,
})

export const HostingShared = defineEvent({
  type: 'HostingShared',
  version: 1,
  book: 'open',
  summary: 'A person hosts a gathering with those who did before, by their own yes.',
  fields: { ...byWhom, asked: askedOfKind('hosting') },
  touches: touchesBoth,
})

export const GuestsMadeAtHome = defineEvent({
  type: 'GuestsMadeAtHome',
  version: 1,
  book: 'open',
  summary: 'A host has made everybody present at home: what only hosts could do before, everybody present can do now.',
  fields: {
    ...byWhom,
    formerHostIds: plain(1, z.array(person)),
    presentIds: plain(1, z.array(person)),
  },
  touches: (data) => [`invitation:${data.invitationId}`, ...data.presentIds.map((id) => `member:${id}`)],
})

export const HomeTakenUp = defineEvent({
  type: 'HomeTakenUp',
  version: 1,
  book: 'open',
  summary: 'A guest who was made at home is co-responsible from now on, by their own act.',
  fields: byWhom,
  touches: touchesBoth,
})

const oneToFive = z.int().min(1).max(5)

export const HostingReflectionGiven = defineEvent({
  type: 'HostingReflectionGiven',
  version: 1,
  book: 'private',
  summary:
    'A guest says how they were hosted. Nobody reads it but they; the hosts get medians, once enough have answered.',
  fields: {
    reflectionId: plain(2, idOf('reflection')),
    invitationId: plain(2, idOf('invitation')),
    personId: plain(2, idOf('person')),
    dignity: plain(2, oneToFive),
    wellbeing: plain(2, oneToFive),
    autonomy: plain(2, oneToFive),
    couldSayNo: plain(2, oneToFive),
    text: personalIfAny(2, prose(), 'personId'),
  },
  matter: (data) => data.reflectionId,
  parties: (data) => [data.personId],
  touches: (data) => [`reflection:${data.reflectionId}`],
})
