import { z } from 'zod'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { PolicyAmended } from './events.ts'
import { policySchema } from './policy-table.ts'
import { communitySlice } from './state.ts'

export const amendPolicy = defineCommand({
  name: 'AmendPolicy',
  summary:
    'Sets rules of the community. In its first days any member may, and what they set is provisional; a running term never gets shorter by it.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    // The names are the form's; the ranges are a rule with a code of its own.
    changes: z
      .record(z.string(), z.unknown())
      .refine((c) => Object.keys(c).length > 0, 'must change something')
      .meta({ description: 'Rules by name, as GET /policies lists them' }),
  }),
  reads: { community: communitySlice },
  http: { method: 'POST', path: '/policies/amendments', location: '/policies', target: 'policies' },
  refusals: {
    POLICY_OUT_OF_RANGE: 'There is no rule of that name, or it does not take that value.',
    BOOTSTRAP_OVER: 'The first days are over: rules change by an adopted proposal.',
  },
  decide({ community }, { changes }, { now }) {
    const { version, values } = community.policy
    const parsed = policySchema.partial().safeParse(changes)
    if (!parsed.success) {
      const findings = parsed.error.issues.map((issue) =>
        issue.code === 'unrecognized_keys'
          ? { pointer: `/changes/${issue.keys[0]}`, rule: 'is no rule of a community' }
          : { pointer: `/changes/${issue.path.join('/')}`, rule: issue.message },
      )
      const [first] = findings
      return refuse('POLICY_OUT_OF_RANGE', {
        ...(first ? { pointer: first.pointer } : {}),
        facts: { findings },
        message: first ? `${first.pointer} ${first.rule}.` : 'The rule does not take that value.',
      })
    }
    const until = community.foundedAt + values.bootstrapDays * DAY_MS
    if (now >= until) {
      const facts = { until: new Date(until).toISOString() }
      return refuse('BOOTSTRAP_OVER', { facts, message: 'Rules change by an adopted proposal now.' })
    }
    return [PolicyAmended.of({ version: version + 1, changes: parsed.data, provisional: true })]
  },
  result: firstEventFields('version'),
})
