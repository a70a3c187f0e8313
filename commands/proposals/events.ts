import { z } from 'zod'
import { defineEvent, personal, personalIfAny, plain } from '../../src/kernel/define-event.ts'
import { idOf, line, momentForm, prose } from '../../src/kernel/text.ts'
import {
  changesSchema,
  DECISION_CLASSES,
  GROUNDS,
  objectionId,
  proposalId,
  roundSnapshot,
  tallySchema,
} from './decision-facts.ts'

const person = idOf('person')
const proposal = plain(1, proposalId())
const version = plain(1, z.int())
const who = plain(1, person)

/** What a proposal's events are about: the proposal, and whoever acted or is concerned. */
const touches = (data: { proposalId: string; personId: string }) => [
  `proposal:${data.proposalId}`,
  `member:${data.personId}`,
]

const position = { proposalId: proposal, personId: who, version }

export const ProposalSubmitted = defineEvent({
  type: 'ProposalSubmitted',
  version: 1,
  book: 'open',
  summary: 'A member has put a proposal to the community: its first version, who may answer it and until when.',
  fields: {
    proposalId: proposal,
    proposerId: who,
    title: plain(1, line()),
    driver: plain(1, prose()),
    text: plain(1, prose(20_000)),
    carriedByMe: plain(1, z.boolean()),
    decisionClass: plain(1, z.enum(DECISION_CLASSES)),
    version,
    opensAt: plain(1, momentForm()),
    closesAt: plain(1, momentForm()),
    reviewAfterDays: plain(1, z.int()),
    evaluationCriteria: plain(1, z.array(prose(500))),
    changes: plain(1, changesSchema.optional()),
    /** Recall: whose role or membership would end. They are heard, and not counted. */
    concernsIds: plain(1, z.array(person)),
    eligibleIds: plain(1, z.array(person)),
    snapshot: plain(1, roundSnapshot),
  },
  touches: (data) => [
    `proposal:${data.proposalId}`,
    'proposals',
    ...[...new Set([data.proposerId, ...data.concernsIds])].map((id) => `member:${id}`),
  ],
})

export const QuestionAsked = defineEvent({
  type: 'QuestionAsked',
  version: 1,
  book: 'open',
  summary: 'Somebody has asked what a proposal means.',
  fields: {
    proposalId: proposal,
    questionId: plain(1, idOf('question')),
    personId: who,
    text: personal(1, prose(), 'personId'),
  },
  touches,
})

export const QuestionAnswered = defineEvent({
  type: 'QuestionAnswered',
  version: 1,
  book: 'open',
  summary: 'The proposer has answered what they were asked.',
  fields: {
    proposalId: proposal,
    questionId: plain(1, idOf('question')),
    personId: who,
    text: personal(1, prose(), 'personId'),
  },
  touches,
})

export const ConsentGiven = defineEvent({
  type: 'ConsentGiven',
  version: 1,
  book: 'open',
  summary: 'A member consents to this version: good enough for now and safe enough to try.',
  fields: position,
  touches,
})

export const StoodAside = defineEvent({
  type: 'StoodAside',
  version: 1,
  book: 'open',
  summary: 'A member neither consents to this version nor objects to it.',
  fields: position,
  touches,
})

export const ProposalConsentRevoked = defineEvent({
  type: 'ProposalConsentRevoked',
  version: 1,
  book: 'open',
  summary: 'A member has taken back their consent, or their standing aside; no reason is asked.',
  fields: { proposalId: proposal, personId: who },
  touches,
})

export const ConcernRaised = defineEvent({
  type: 'ConcernRaised',
  version: 1,
  book: 'open',
  summary: 'A member worries about something. It never blocks; the agreement is looked at again with it in mind.',
  fields: {
    proposalId: proposal,
    concernId: plain(1, idOf('concern')),
    personId: who,
    version,
    text: personal(1, prose(), 'personId'),
  },
  touches,
})

export const ObjectionRaised = defineEvent({
  type: 'ObjectionRaised',
  version: 1,
  book: 'open',
  summary: 'A member has an argument why going ahead would do harm that can be avoided. Nothing is adopted over it.',
  fields: {
    proposalId: proposal,
    objectionId: plain(1, objectionId()),
    personId: who,
    version,
    argument: personal(1, prose(), 'personId'),
    ground: plain(1, z.enum(GROUNDS).optional()),
    suggestion: personalIfAny(1, prose(), 'personId'),
  },
  touches,
})

export const TimeAskedFor = defineEvent({
  type: 'TimeAskedFor',
  version: 1,
  book: 'open',
  summary: 'Somebody who may answer needs time: the window is longer, and no objection is set aside meanwhile.',
  fields: { ...position, until: plain(1, momentForm()), closesAt: plain(1, momentForm()) },
  touches,
})

// `personId` is whoever acts, `objectorId` whoever raised it.
const ofObjection = { proposalId: proposal, objectionId: plain(1, objectionId()), objectorId: who, personId: who }
const touchesObjection = (data: { proposalId: string; objectorId: string; personId: string }) => [
  `proposal:${data.proposalId}`,
  ...[...new Set([data.personId, data.objectorId])].map((id) => `member:${id}`),
]

export const ObjectionTakenUp = defineEvent({
  type: 'ObjectionTakenUp',
  version: 1,
  book: 'open',
  summary: 'Somebody else says that the argument is an objection to work on: it is not set aside any more.',
  fields: ofObjection,
  touches: touchesObjection,
})

export const SettingAsideAllowed = defineEvent({
  type: 'SettingAsideAllowed',
  version: 1,
  book: 'open',
  summary: 'Whoever objects says that others may test the argument: company came, or is waived. It does not say which.',
  fields: ofObjection,
  touches: touchesObjection,
})

export const SettingAsideProposed = defineEvent({
  type: 'SettingAsideProposed',
  version: 1,
  book: 'open',
  summary: 'Somebody says that the argument is no objection, and why. It needs a second.',
  fields: {
    ...ofObjection,
    reason: personal(1, prose(), 'personId'),
    snapshot: plain(
      1,
      z.strictObject({
        policyVersion: z.int(),
        warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
      }),
    ),
  },
  touches: touchesObjection,
})

export const ObjectionSetAside = defineEvent({
  type: 'ObjectionSetAside',
  version: 1,
  book: 'open',
  summary: 'A second has said so too: from a later moment on the objection stops nothing, unless somebody sees it too.',
  fields: { ...ofObjection, proposedBy: who, takesEffectAt: plain(1, momentForm()) },
  touches: touchesObjection,
})

export const ObjectionReinstated = defineEvent({
  type: 'ObjectionReinstated',
  version: 1,
  book: 'open',
  summary: 'Somebody sees an objection too that was set aside: it stands, for good.',
  fields: ofObjection,
  touches: touchesObjection,
})

export const ObjectionIntegrated = defineEvent({
  type: 'ObjectionIntegrated',
  version: 1,
  book: 'open',
  summary: 'Whoever objected says that the proposal as it is now meets the objection.',
  fields: { ...ofObjection, inVersion: version },
  touches: touchesObjection,
})

export const ObjectionWithdrawn = defineEvent({
  type: 'ObjectionWithdrawn',
  version: 1,
  book: 'open',
  summary: 'Whoever objected no longer does.',
  fields: ofObjection,
  touches: touchesObjection,
})

const ofProposer = { proposalId: proposal, proposerId: who }
const touchesProposer = (data: { proposalId: string; proposerId: string }) => [
  `proposal:${data.proposalId}`,
  'proposals',
  `member:${data.proposerId}`,
]

export const ProposalAmended = defineEvent({
  type: 'ProposalAmended',
  version: 1,
  book: 'open',
  summary: 'The proposal has a new version. Consents to the one before are stale; objections stay until they are met.',
  fields: {
    ...ofProposer,
    version,
    text: plain(1, prose(20_000)),
    addressesObjectionIds: plain(1, z.array(objectionId())),
    closesAt: plain(1, momentForm()),
  },
  touches: touchesProposer,
})

export const TrialProposed = defineEvent({
  type: 'TrialProposed',
  version: 1,
  book: 'open',
  summary: 'The proposal has a new version: the same, on trial until a date on which it ends by itself.',
  fields: { ...ofProposer, version, until: plain(1, momentForm()), closesAt: plain(1, momentForm()) },
  touches: touchesProposer,
})

export const ProposalAdopted = defineEvent({
  type: 'ProposalAdopted',
  version: 1,
  book: 'open',
  summary: 'The proposal is adopted: its window was over, enough had answered, and no objection was open.',
  fields: {
    ...ofProposer,
    /** Who found that nothing was lacking, and said so. */
    personId: who,
    version,
    decisionClass: plain(1, z.enum(DECISION_CLASSES)),
    tally: plain(1, tallySchema),
    /** The rules the community had when it was adopted; the round went by those it was submitted under. */
    policyVersion: plain(1, z.int()),
  },
  touches: touchesProposer,
})

export const ProposalWithdrawn = defineEvent({
  type: 'ProposalWithdrawn',
  version: 1,
  book: 'open',
  summary: 'The proposer has taken the proposal back.',
  fields: ofProposer,
  touches: touchesProposer,
})
