import { z } from 'zod'
import { DAY_MS, instantText } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { mandateOf } from '../agreements/mandates.ts'
import { type AgreementsState, agreementsSlice } from '../agreements/state.ts'
import { PolicyAmended } from './events.ts'
import { policySchema } from './policy-table.ts'
import { type CommunityState, communitySlice } from './state.ts'

const POLICY_NEEDS_ADOPTED_PROPOSAL = 'Rules change by an adopted constitutional proposal whose agreement is in force.'

export const amendPolicy = defineCommand({
  name: 'AmendPolicy',
  summary:
    'Sets rules of the community, by an adopted constitutional proposal. In its first days any member may, and what they set is provisional; a running term never gets shorter by it.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    // Names and ranges are a rule with a code of its own.
    changes: z
      .record(z.string(), z.unknown())
      .refine((c) => Object.keys(c).length > 0, 'must change something')
      .meta({ description: 'Rules by name, as GET /policies lists them' }),
    proposalId: idOf('proposal')
      .optional()
      .meta({ description: 'The adopted constitutional proposal that says so; needed once the first days are over' }),
  }),
  reads: { community: communitySlice, agreements: agreementsSlice },
  part: {},
  http: { method: 'POST', path: '/policies/amendments', location: '/policies', target: 'policies' },
  refusals: {
    POLICY_OUT_OF_RANGE: 'There is no rule of that name, or it does not take that value.',
    POLICY_NEEDS_ADOPTED_PROPOSAL,
    BOOTSTRAP_OVER: 'The first days are over: rules change by an adopted proposal.',
  },
  decide({ community, agreements }, { changes, proposalId }, context) {
    const { version } = community.policy
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
    const mandate = mandateOf(agreements, proposalId, context)
    if (mandate?.decisionClass === 'constitutional') {
      const amended = { version: version + 1, changes: parsed.data, proposalId: mandate.proposalId }
      return [PolicyAmended.of({ ...amended, provisional: false })]
    }
    if (mandate || proposalId !== undefined)
      return refuse('POLICY_NEEDS_ADOPTED_PROPOSAL', {
        ...(mandate ? { facts: { decisionClass: mandate.decisionClass } } : { pointer: '/proposalId' }),
        message: POLICY_NEEDS_ADOPTED_PROPOSAL,
      })
    const over = bootstrapOver(community, agreements, context.now)
    return over ?? [PolicyAmended.of({ version: version + 1, changes: parsed.data, provisional: true })]
  },
  result: firstEventFields('version'),
})

/** Refuses what any member may do in the first days only: until there is a founding agreement, and for so many days at most. */
function bootstrapOver(
  { foundedAt, policy }: CommunityState,
  { foundingId, facts }: AgreementsState,
  now: number,
): Refusal | undefined {
  const days = foundedAt + policy.values.bootstrapDays * DAY_MS
  const founding = foundingId === undefined ? undefined : facts.versions(foundingId)[0]
  const until = Math.min(days, founding?.from.earliest ?? days)
  if (now < until) return undefined
  return refuse('BOOTSTRAP_OVER', {
    facts: { until: instantText(until), ...(founding === undefined ? {} : { foundingAgreement: foundingId }) },
    message: 'Rules change by an adopted proposal now.',
  })
}
