import { z } from 'zod'

const days = (min: number, max: number) => z.int().min(min).max(max)
const hours = z.int().min(24).max(240)
const percent = z.number().min(0).max(100)
const mode = z.enum(['off', 'warn', 'require'])

/**
 * The rules of proposal rounds. That nothing is adopted over an open objection or before its window, and that consent is
 * to a version, has no switch. Where the numbers come from: the decision classes are those of Enspiral's decisions
 * agreement (three working days at least, five encouraged; significant: more than half consent; quorum decisions of
 * those who are active), ending a role together is its recall of catalysts (two weeks, three quarters); the dates of
 * review follow Sociocracy 3.0; the second window, the two answers and the days of company are conventions of this
 * project.
 */
export const proposalPolicies = {
  shape: {
    standardWindowDays: days(1, 60).meta({ description: 'Standard decision: how long a round is open at least' }),
    standardAnswers: z
      .int()
      .min(0)
      .max(20)
      .meta({ description: 'Standard decision: answers needed besides the proposer, so that nobody adopts alone' }),
    significantWindowDays: days(1, 60).meta({ description: 'Significant decision: how long a round is open at least' }),
    significantConsentPercent: percent.meta({
      description: 'Significant decision: more than so many of the stated positions are consents',
    }),
    constitutionalActiveDays: days(30, 730).meta({
      description: 'Constitutional decision: who acted openly within so many days may answer',
    }),
    constitutionalWindowDays: days(1, 60).meta({
      description: 'Constitutional decision: how long a round is open at least',
    }),
    constitutionalAnswerPercent: percent.meta({
      description: 'Constitutional decision: at least so many of the electorate answer',
    }),
    constitutionalSecondWindowDays: days(1, 60).meta({
      description: 'Constitutional decision: how long the second window is, where too few had answered',
    }),
    constitutionalSecondAnswerPercent: percent.meta({
      description: 'Constitutional decision: at least so many have answered after the second window',
    }),
    recallWindowDays: days(7, 60).meta({ description: 'Ending a role or a membership: how long a round is open' }),
    recallConsentPercent: percent.meta({
      description: 'Ending a role or a membership: at least so many of the stated positions are consents',
    }),
    amendExtendsWindowHours: hours.meta({
      description: 'How long a new version, or a round in which somebody asked for time, stays open from then on',
    }),
    proposalLapseDays: days(7, 182).meta({ description: 'A proposal in which nothing moved for so long lapses' }),
    silenceMeans: z.enum(['nothing', 'no-objection']).meta({
      description: 'Whether silence after the window counts as an answer; it is never a consent',
    }),
    loneObjectorSupport: mode.meta({
      description: 'Guard: somebody who objects alone has company, or waives it, before their objection is set aside',
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
} as const
