import { z } from 'zod'
import { days, definePolicies, guardMode, weightLimit } from '../community/policy-forms.ts'

const guard = (description: string) => guardMode.meta({ description: `Guard: ${description}` })

export const rolePolicies = definePolicies({
  shape: {
    termDays: days(14, 730).meta({ description: 'Length of a term where a role does not say' }),
    maxTermDays: days(30, 1825).meta({ description: 'Longest term' }),
    turns: guard('how often and how long the same person may hold a role in a row'),
    maxConsecutiveTerms: z.int().min(1).max(10).meta({ description: 'Terms in a row' }),
    maxConsecutiveDays: days(30, 1825).meta({ description: 'Days in a row' }),
    restDays: days(0, 730).meta({ description: 'A gap of at least so many days ends a row of terms' }),
    holdOverDays: days(0, 91).meta({ description: 'How long a holder still carries a role after the term, untaken' }),
    leaveStopsClockDays: days(0, 730).meta({ description: 'How long leave stops the clock of a term, in all' }),
    actingDays: days(7, 182).meta({ description: 'How long somebody who stepped in acts without a proposal' }),
    steppingInAgain: guard('a proposal is needed after that'),
    sharedFromWeight: weightLimit().meta({ description: 'From this weight a role has an understudy or a co-holder' }),
    sharedAtAccept: guard('a second person when a role is accepted'),
    sharedAtRenewal: guard('a second person when a term is renewed'),
    understudyGraceDays: days(0, 182).meta({ description: 'How long a role may be without a second person' }),
    handoverOverlapDays: days(0, 90).meta({ description: 'How long both carry a role before a handover' }),
    handoverNotes: guard('notes with a handover'),
    handoverNotesFromWeight: weightLimit().meta({ description: 'From this weight a handover has notes' }),
    handoverKnownDays: days(0, 182).meta({
      description: 'An understudy or co-holder of so many days needs no mandate to take over',
    }),
    roleMandateFromWeight: weightLimit().meta({
      description: 'From this weight a role is defined, offered and handed over by an adopted proposal',
    }),
    mandateToDefine: guard('a mandate to define, amend or retire a role'),
    mandateToOffer: guard('a mandate to offer a role'),
    mandateToHandOver: guard('a mandate to hand a role over to somebody new to it'),
  },
  hospitality: {
    termDays: 182,
    maxTermDays: 730,
    turns: 'require',
    maxConsecutiveTerms: 2,
    maxConsecutiveDays: 730,
    restDays: 91,
    holdOverDays: 30,
    leaveStopsClockDays: 365,
    actingDays: 60,
    steppingInAgain: 'require',
    sharedFromWeight: 2,
    sharedAtAccept: 'warn',
    sharedAtRenewal: 'require',
    understudyGraceDays: 30,
    handoverOverlapDays: 14,
    handoverNotes: 'require',
    handoverNotesFromWeight: 2,
    handoverKnownDays: 14,
    roleMandateFromWeight: 2,
    mandateToDefine: 'require',
    mandateToOffer: 'require',
    mandateToHandOver: 'require',
  },
  crew: {
    turns: 'warn',
    steppingInAgain: 'warn',
    sharedAtAccept: 'warn',
    sharedAtRenewal: 'warn',
    handoverNotes: 'warn',
    mandateToDefine: 'warn',
    mandateToOffer: 'warn',
    mandateToHandOver: 'warn',
  },
  from: {
    termDays:
      "Enspiral's catalysts stay at least six months; Microsolidarity tries a community for six, with two gatherings a year; roles in Extinction Rebellion NL last three or six",
    maxTermDays: "Enspiral's catalysts end by themselves at 24 months; its board's terms are 2 to 5 years",
    maxConsecutiveTerms:
      'A convention for "nobody leads all of the time"; a sociocratic mission circle allows three terms',
    maxConsecutiveDays: "Enspiral's catalysts: 24 months",
    sharedFromWeight:
      'Leadership as Hospitality asks for shared leading; Microsolidarity: never host alone; Loomio: at least two coordinators, no teams of one',
    handoverOverlapDays: "Loomio's coordinators overlap for continuity; the number is a convention",
    roleMandateFromWeight:
      'Bartlett: mandates are written and limited; Enspiral: two people may begin something, formal powers take an agreement',
  },
})
