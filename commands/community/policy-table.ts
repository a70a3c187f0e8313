import { z } from 'zod'
import { scribePolicies } from '../scribe/policies.ts'
import type { PRESETS } from './events.ts'

/** Whether a guard is off, says what it noticed, or stops the act. */
export const guardMode = z.enum(['off', 'warn', 'require'])
export type GuardMode = z.output<typeof guardMode>

const days = (min: number, max: number) => z.int().min(min).max(max)

/**
 * The rules a community may set for itself, each with the values it may have; durations in days. A rule that is not
 * here has no switch: every term ends, every tie starts with the person's own yes, nothing in a book is edited.
 */
export const policySchema = z.strictObject({
  termDays: days(14, 730).meta({ description: 'Length of a term where a role does not say' }),
  maxTermDays: days(30, 1825).meta({ description: 'Longest term' }),
  turns: guardMode.meta({ description: 'Guard: how often and how long the same person may hold a role in a row' }),
  maxConsecutiveTerms: z.int().min(1).max(10),
  maxConsecutiveDays: days(30, 1825),
  restDays: days(0, 730).meta({ description: 'A gap of at least so many days ends a row of terms' }),
  holdOverDays: days(0, 91).meta({ description: 'How long a holder still carries a role after the term, untaken' }),
  leaveStopsClockDays: days(0, 730).meta({ description: 'How long leave stops the clock of a term, in all' }),
  actingDays: days(7, 182).meta({ description: 'How long somebody who stepped in acts without a proposal' }),
  steppingInAgain: guardMode.meta({ description: 'Guard: a proposal is needed after that' }),
  sharedFromWeight: z
    .number()
    .min(0)
    .max(5)
    .meta({ description: 'From this weight a role has an understudy or a co-holder' }),
  sharedAtAccept: guardMode.meta({ description: 'Guard: a second person when a role is accepted' }),
  sharedAtRenewal: guardMode.meta({ description: 'Guard: a second person when a term is renewed' }),
  understudyGraceDays: days(0, 182),
  handoverOverlapDays: days(0, 90),
  handoverNotes: guardMode.meta({ description: 'Guard: notes with a handover' }),
  handoverNotesFromWeight: z.number().min(0).max(5),
  handoverKnownDays: days(0, 182).meta({ description: 'An understudy of so many days needs no mandate to take over' }),
  roleMandateFromWeight: z
    .number()
    .min(0)
    .max(5)
    .meta({ description: 'From this weight a role is defined, offered and handed over by an adopted proposal' }),
  mandateToDefine: guardMode.meta({ description: 'Guard: a mandate to define, amend or retire a role' }),
  mandateToOffer: guardMode.meta({ description: 'Guard: a mandate to offer a role' }),
  mandateToHandOver: guardMode.meta({ description: 'Guard: a mandate to hand a role over to somebody new to it' }),
  respondByDays: days(1, 90).meta({ description: 'How long an ask waits for an answer' }),
  maxBackdateDays: days(0, 365),
  bootstrapDays: days(0, 365).meta({ description: 'How long any member may set rules, from the founding on' }),
  maxMembers: z.int().min(1).max(100_000).nullable(),
  ...scribePolicies.shape,
})
export type Policies = z.output<typeof policySchema>

// A mandate comes from an adopted proposal, and there are none yet: its three guards are off until there are.
const HOSPITALITY: Policies = {
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
  mandateToDefine: 'off',
  mandateToOffer: 'off',
  mandateToHandOver: 'off',
  respondByDays: 14,
  maxBackdateDays: 30,
  bootstrapDays: 90,
  maxMembers: null,
  ...scribePolicies.hospitality,
}

/** The rules a community begins with. In a crew, which shares one table, every guard only warns. */
export const PRESET_POLICIES: Readonly<Record<(typeof PRESETS)[number], Policies>> = {
  hospitality: HOSPITALITY,
  crew: {
    ...HOSPITALITY,
    turns: 'warn',
    steppingInAgain: 'warn',
    sharedAtAccept: 'warn',
    sharedAtRenewal: 'warn',
    handoverNotes: 'warn',
    ...scribePolicies.crew,
  },
}
