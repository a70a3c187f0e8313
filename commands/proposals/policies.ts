import { z } from 'zod'
import { days, definePolicies, guardMode } from '../community/policy-forms.ts'

const hours = z.int().min(24).max(240)
const percent = (min: number, max: number) => z.int().min(min).max(max)

const ENSPIRAL_DECISIONS = "Enspiral's decisions agreement"
const ENSPIRAL_RECALL = "Enspiral's recall of catalysts"

/**
 * The rules of proposal rounds. That nothing is adopted over an open objection or before its window, and that consent is
 * to a version, has no switch.
 */
export const proposalPolicies = definePolicies({
  shape: {
    standardWindowDays: days(1, 60).meta({ description: 'Standard decision: how long a round is open at least' }),
    standardAnswers: z
      .int()
      .min(1)
      .max(20)
      .meta({ description: 'Standard decision: answers needed besides the proposer, or of all others if fewer' }),
    significantWindowDays: days(1, 60).meta({ description: 'Significant decision: how long a round is open at least' }),
    significantConsentPercent: percent(0, 99).meta({
      description: 'Significant decision: more than so many of the stated positions are consents',
    }),
    constitutionalActiveDays: days(30, 730).meta({
      description: 'Constitutional decision: who acted openly within so many days may answer',
    }),
    constitutionalWindowDays: days(1, 60).meta({
      description: 'Constitutional decision: how long a round is open at least',
    }),
    constitutionalAnswerPercent: percent(0, 100).meta({
      description: 'Constitutional decision: at least so many of the electorate answer',
    }),
    constitutionalSecondWindowDays: days(1, 60).meta({
      description: 'Constitutional decision: how long the second window is, where too few had answered',
    }),
    constitutionalSecondAnswerPercent: percent(0, 100).meta({
      description: 'Constitutional decision: at least so many have answered after the second window',
    }),
    recallWindowDays: days(7, 60).meta({ description: 'Ending a role or a membership: how long a round is open' }),
    recallConsentPercent: percent(50, 100).meta({
      description: 'Ending a role or a membership: at least so many of the stated positions are consents',
    }),
    amendExtendsWindowHours: hours.meta({
      description: 'How long a new version, or a round in which somebody asked for time, stays open from then on',
    }),
    proposalLapseDays: days(7, 182).meta({ description: 'A proposal in which nothing moved for so long lapses' }),
    silenceMeans: z.enum(['nothing', 'no-objection']).meta({
      description: 'Whether silence counts as an answer once the window is over; it is never a consent',
    }),
    loneObjectorSupport: guardMode.meta({
      description: 'Guard: who objects alone has company, or waives it, before the objection is set aside',
    }),
    loneObjectorSupportDays: days(3, 30).meta({
      description: 'Silence for so long after company was offered waives it',
    }),
    settingAsideHours: hours.meta({
      description: 'How long anybody may still say that they see an objection too, after it was set aside',
    }),
    agreementReviewDays: days(14, 730).meta({
      description: 'When an agreement is looked at again, where its proposal does not say',
    }),
  },
  hospitality: {
    standardWindowDays: 5,
    standardAnswers: 2,
    significantWindowDays: 7,
    significantConsentPercent: 50,
    constitutionalActiveDays: 182,
    constitutionalWindowDays: 7,
    constitutionalAnswerPercent: 75,
    constitutionalSecondWindowDays: 14,
    constitutionalSecondAnswerPercent: 50,
    recallWindowDays: 14,
    recallConsentPercent: 75,
    amendExtendsWindowHours: 72,
    proposalLapseDays: 30,
    silenceMeans: 'nothing',
    loneObjectorSupport: 'require',
    loneObjectorSupportDays: 7,
    settingAsideHours: 72,
    agreementReviewDays: 182,
  },
  crew: { loneObjectorSupport: 'warn' },
  from: {
    standardWindowDays: `${ENSPIRAL_DECISIONS}: at least three working days, five encouraged`,
    significantWindowDays: `${ENSPIRAL_DECISIONS}: at least five working days`,
    significantConsentPercent: `${ENSPIRAL_DECISIONS}: more than half of those who took a position`,
    constitutionalAnswerPercent: `${ENSPIRAL_DECISIONS}: quorum decisions`,
    recallWindowDays: `${ENSPIRAL_RECALL}: at least two weeks`,
    recallConsentPercent: `${ENSPIRAL_RECALL}: three quarters, regardless of blocks`,
    amendExtendsWindowHours: `${ENSPIRAL_DECISIONS}: the least of three working days, for each new version`,
    silenceMeans: 'Holacracy: only an explicit rule may read silence as no objection',
    loneObjectorSupport: "Bartlett's 11 steps: first see that the lone dissenter has support",
    settingAsideHours:
      'Holacracy and Sociocracy 3.0: the group tests arguments, not the proposer; the hours are a convention',
    agreementReviewDays: 'Sociocracy 3.0: every agreement has a review date; half a year is the rhythm of gatherings',
  },
})
