import { z } from 'zod'
import { type Policies, PRESET_POLICIES, policySchema } from '../../commands/community/policy-table.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { policiesAt, policiesProjection } from './projection.ts'

const value = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
  z.array(z.record(z.string(), z.unknown())),
  z.record(z.string(), z.unknown()),
])

const policy = z.object({
  rule: z.string(),
  value,
  preset: value.meta({ description: 'What the community began with' }),
  amendedIn: z.int().nullable().meta({ description: 'The version that changed it last; none where nothing has' }),
  provisional: z.boolean().meta({ description: 'Set in the first days, before a founding agreement' }),
  meaning: z.string().nullable(),
})

export const policiesQuestion = defineQuestion({
  name: 'policies',
  summary: 'The rules in force, what the community began with, and which are provisional.',
  reads: { policies: policiesProjection },
  params: z.strictObject({}),
  answer: classed(1, z.object({ version: z.int(), preset: z.string(), policies: z.array(policy) })),
  timed: false,
  resource: () => 'policies',
  public: false,
  http: { path: '/policies' },
  cli: { verb: 'policies' },
  rows: ({ policies }) =>
    policies.map((policy) => ({ ...policy, value: flat(policy.value), preset: flat(policy.preset) })),
  ask({ policies: view }, _, context) {
    const { version, values, changed } = policiesAt(view, context)
    const preset = PRESET_POLICIES[view.preset]
    const rules = Object.keys(policySchema.shape) as (keyof Policies)[]
    return {
      version,
      preset: view.preset,
      policies: rules.map((rule) => ({
        rule,
        value: values[rule],
        preset: preset[rule],
        amendedIn: changed[rule]?.version ?? null,
        provisional: changed[rule]?.provisional ?? false,
        meaning: policySchema.shape[rule].description ?? null,
      })),
    }
  },
})

// A rule of several values is one cell all the same.
function flat(rule: z.output<typeof value>): string | number | boolean | null {
  return typeof rule === 'object' && rule !== null ? JSON.stringify(rule) : rule
}
