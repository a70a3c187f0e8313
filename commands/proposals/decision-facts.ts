import { z } from 'zod'
import { idOf } from '../../src/kernel/text.ts'

/** What kind of decision a proposal asks for; each has its rule. */
export const DECISION_CLASSES = ['standard', 'significant', 'constitutional', 'recall'] as const
export type DecisionClass = (typeof DECISION_CLASSES)[number]

/** What an objection says would be wrong with going ahead. */
export const GROUNDS = ['effectiveness', 'side-effect', 'efficiency', 'violates-agreement'] as const

/** What adopting a proposal does beside recording it: commands, with their fields as they would be given. */
export const changesSchema = z
  .array(z.strictObject({ command: z.string().min(1).max(80), input: z.record(z.string(), z.unknown()) }))
  .min(1)
  .max(20)
  .meta({ description: 'Commands that adopting gives, all in one append or none' })
export type Change = z.output<typeof changesSchema>[number]

const percent = z.number().min(0).max(100)

/** The rule of a decision class in numbers, as it stood when the round was submitted. */
export const decisionRule = z.strictObject({
  windowDays: z.int().meta({ description: 'How long the round is open at least' }),
  answers: z
    .int()
    .meta({ description: 'Answers needed besides the proposer, or of all the others where they are fewer' }),
  activeWithinDays: z
    .int()
    .optional()
    .meta({ description: 'Only whoever acted openly, or said that they are still in, within so many days may answer' }),
  participation: z.strictObject({ percent, secondWindowDays: z.int(), secondPercent: percent }).optional().meta({
    description: 'How many of the electorate answer, the proposer among them; of fewer after a second window',
  }),
  consent: z
    .strictObject({ percent, orMore: z.boolean() })
    .optional()
    .meta({ description: 'How many of the stated positions (consents and open objections) are consents' }),
  objectionsStop: z.boolean().meta({ description: 'Whether nothing is adopted over an open objection' }),
})
export type DecisionRule = z.output<typeof decisionRule>

/** What a round rests on, frozen with it: no later rule of the community changes a round that was submitted. */
export const roundSnapshot = z.strictObject({
  policyVersion: z.int(),
  rule: decisionRule,
  extendsHours: z.number(),
  lapseDays: z.int(),
  settingAsideHours: z.number(),
  loneObjectorSupport: z.enum(['off', 'warn', 'require']),
  loneObjectorSupportDays: z.int(),
  silenceMeans: z.enum(['nothing', 'no-objection']),
})
export type RoundSnapshot = z.output<typeof roundSnapshot>

/** How a round stood when it was adopted; people are counted, never named. */
export const tallySchema = z.strictObject({
  electorate: z.int().meta({ description: 'Who may answer and is here, and who did answer; the proposer among them' }),
  consents: z.int(),
  asides: z.int(),
  openObjections: z.int().meta({ description: 'People with an open objection: in a recall these do not stop it' }),
  setAside: z.int().meta({ description: 'Objections set aside, and seen by nobody else' }),
  stated: z.int().meta({ description: 'Stated positions: consents and people with an open objection' }),
  silent: z.int().meta({ description: 'Who of the electorate gave no answer to this version, the proposer apart' }),
})
export type TallyText = z.output<typeof tallySchema>

export const proposalId = () => idOf('proposal')
export const objectionId = () => idOf('objection')
