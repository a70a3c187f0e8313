import { z } from 'zod'
import { POLICY_KEYS, PRESET_POLICIES, policySchema, provenanceOf } from '../../commands/community/policy-table.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { flatValue, policyValue } from './policy-values.ts'
import { policiesAt, policiesProjection } from './projection.ts'

const policy = z.object({
  rule: z.string(),
  value: policyValue,
  preset: policyValue.meta({ description: 'What the community began with' }),
  amendedIn: z.int().nullable().meta({ description: 'The version that changed it last; none where nothing has' }),
  provisional: z.boolean().meta({ description: 'Set in the first days, and not yet confirmed' }),
  proposalId: z.string().nullable().meta({ description: 'The adopted proposal that changed it last' }),
  meaning: z.string().nullable(),
  from: z.string().meta({ description: 'Where the default comes from' }),
})

export const policiesQuestion = defineQuestion({
  name: 'policies',
  summary:
    'The rules in force at a moment, what the community began with, what changed each, and which are provisional.',
  reads: { policies: policiesProjection },
  params: z.strictObject({}),
  answer: classed(1, z.object({ version: z.int(), preset: z.string(), policies: z.array(policy) })),
  timed: true,
  resource: () => 'policies',
  public: false,
  http: { path: '/policies' },
  cli: { verb: 'policies', aliases: { on: 'asOf' } },
  rows: ({ policies }) =>
    policies.map(({ value, preset, ...row }) => ({ ...row, value: flatValue(value), preset: flatValue(preset) })),
  ask({ policies: view }, _, context) {
    const { version, values, changed } = policiesAt(view, context)
    const preset = PRESET_POLICIES[view.preset]
    return {
      version,
      preset: view.preset,
      policies: POLICY_KEYS.map((rule) => ({
        rule,
        value: values[rule],
        preset: preset[rule],
        amendedIn: changed[rule]?.version ?? null,
        provisional: changed[rule]?.provisional ?? false,
        proposalId: changed[rule]?.proposalId ?? null,
        meaning: policySchema.shape[rule].description ?? null,
        from: provenanceOf(rule),
      })),
    }
  },
})
