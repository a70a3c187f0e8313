import { z } from 'zod'
import { defineEvent, plain } from '../../src/kernel/define-event.ts'
import { idOf, line, momentForm, prose } from '../../src/kernel/text.ts'
import { askedOfKind } from '../asks/events.ts'
import { DECISION_CLASSES, proposalId } from '../proposals/decision-facts.ts'

const person = idOf('person')
export const agreementId = () => idOf('agreement')
const agreement = plain(1, agreementId())

/** Rules that were set before there was a founding agreement: a version of them, and which. */
const provisionalRules = z.strictObject({ version: z.int(), rules: z.array(z.string()) })

export const AgreementRecorded = defineEvent({
  type: 'AgreementRecorded',
  version: 1,
  book: 'open',
  summary:
    'What was adopted is in force from now on, until it is retired, or by itself where it is a trial. It is looked at again on a day.',
  fields: {
    agreementId: agreement,
    proposalId: plain(1, proposalId()),
    proposalVersion: plain(1, z.int()),
    proposerId: plain(1, person),
    decisionClass: plain(1, z.enum(DECISION_CLASSES)),
    title: plain(1, line()),
    text: plain(1, prose(20_000)),
    evaluationCriteria: plain(1, z.array(prose(500))),
    /** Concerns that were raised and blocked nothing: what to look at when it is reviewed. */
    concernIds: plain(1, z.array(idOf('concern'))),
    reviewDate: plain(1, momentForm()),
    endsAt: plain(1, momentForm().optional()),
    /** Who carries it, each by their own word. */
    carriedBy: plain(1, z.array(person)),
    /** Persons whom its text or its changes name. */
    names: plain(1, z.array(person)),
    /** The first constitutional agreement: with it the first days are over, and rules set in them hold. */
    founding: plain(1, z.boolean()),
    confirms: plain(1, z.array(provisionalRules)),
  },
  touches: (data) => [
    `agreement:${data.agreementId}`,
    'agreements',
    `proposal:${data.proposalId}`,
    ...[...new Set([data.proposerId, ...data.carriedBy, ...data.names])].map((id) => `member:${id}`),
    ...(data.founding ? ['policies'] : []),
  ],
})

const touches = (data: { agreementId: string; personId: string }) => [
  `agreement:${data.agreementId}`,
  'agreements',
  `member:${data.personId}`,
]

const carrying = {
  personId: plain(1, person),
  agreementId: plain(1, agreementId().optional()),
  proposalId: plain(1, proposalId().optional()),
}
const touchesCarrying = (data: {
  personId: string
  agreementId?: string | undefined
  proposalId?: string | undefined
}) => [
  `member:${data.personId}`,
  ...(data.agreementId === undefined ? [] : [`agreement:${data.agreementId}`, 'agreements']),
  ...(data.proposalId === undefined ? [] : [`proposal:${data.proposalId}`]),
]

export const ResponsibilityAccepted = defineEvent({
  type: 'ResponsibilityAccepted',
  version: 1,
  book: 'open',
  summary: 'A person carries an agreement, or will once a proposal is adopted, by their own word.',
  fields: { ...carrying, asked: plain(1, askedOfKind('carrying').schema.optional()) },
  touches: touchesCarrying,
})

export const ResponsibilityEnded = defineEvent({
  type: 'ResponsibilityEnded',
  version: 1,
  book: 'open',
  summary: 'A person no longer carries an agreement. No reason is needed.',
  fields: carrying,
  touches: touchesCarrying,
})

export const AgreementReviewProposed = defineEvent({
  type: 'AgreementReviewProposed',
  version: 1,
  book: 'open',
  summary: 'Somebody who carries an agreement says that it should go on as it is. Another person has to say so too.',
  fields: { agreementId: agreement, personId: plain(1, person), reviewDate: plain(1, momentForm()) },
  touches,
})

export const REVIEW_OUTCOMES = ['keep', 'amend', 'retire'] as const

export const AgreementReviewed = defineEvent({
  type: 'AgreementReviewed',
  version: 1,
  book: 'open',
  summary:
    'An agreement was looked at again: kept, with the day of the next review; or, by an adopted proposal, replaced by another one or retired.',
  fields: {
    agreementId: agreement,
    personId: plain(1, person),
    outcome: plain(1, z.enum(REVIEW_OUTCOMES)),
    /** Kept: who proposed it, and when it is looked at again. */
    proposedBy: plain(1, person.optional()),
    reviewDate: plain(1, momentForm().optional()),
    /** Amended or retired: the proposal that says so; amended: the agreement in its place. */
    proposalId: plain(1, proposalId().optional()),
    replacedBy: plain(1, agreementId().optional()),
  },
  touches: (data) => [
    ...touches(data),
    ...(data.proposedBy === undefined ? [] : [`member:${data.proposedBy}`]),
    ...(data.proposalId === undefined ? [] : [`proposal:${data.proposalId}`]),
    ...(data.replacedBy === undefined ? [] : [`agreement:${data.replacedBy}`]),
  ],
})

export const AgreementRetired = defineEvent({
  type: 'AgreementRetired',
  version: 1,
  book: 'open',
  summary: 'An agreement is no longer in force, by an adopted proposal.',
  fields: { agreementId: agreement, personId: plain(1, person), proposalId: plain(1, proposalId()) },
  touches: (data) => [...touches(data), `proposal:${data.proposalId}`],
})
