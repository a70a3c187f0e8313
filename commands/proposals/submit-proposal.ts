import { z } from 'zod'
import { DAY_MS, dateBounds, instantText } from '../../src/kernel/dates.ts'
import { type DecideContext, defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { line, momentForm, prose } from '../../src/kernel/text.ts'
import { endedBy, notExecutable } from '../agreements/changes.ts'
import { type CommunityState, communitySlice } from '../community/state.ts'
import { roundRules } from './class-rules.ts'
import { changesSchema, DECISION_CLASSES, type DecisionClass, type RoundSnapshot } from './decision-facts.ts'
import { ProposalSubmitted } from './events.ts'
import { personOf } from './rounds.ts'
import { type ProposalsState, proposalsSlice } from './state.ts'

const CLASSES: readonly string[] = DECISION_CLASSES

export const submitProposal = defineCommand({
  name: 'SubmitProposal',
  summary:
    'Puts a proposal to the community. Any member may; who can answer it is written down, and it is open for as long as its kind of decision takes.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    title: line(),
    driver: prose().optional().meta({ description: 'The situation that makes an answer worthwhile' }),
    text: prose(20_000),
    carriedByMe: z.boolean().default(false).meta({ description: 'Whether you carry the agreement once it is adopted' }),
    decisionClass: z
      .string()
      .max(40)
      .default('standard')
      .meta({ description: `What kind of decision it asks for: ${DECISION_CLASSES.join(', ')}` }),
    opensAt: momentForm().optional().meta({ description: 'Now unless given' }),
    reviewAfterDays: z
      .int()
      .min(1)
      .max(730)
      .nullable()
      .optional()
      .meta({ description: 'Days from the adoption to the review; as the community has it unless given, never none' }),
    evaluationCriteria: z.array(prose(500)).max(20).default([]),
    changes: changesSchema.optional(),
  }),
  reads: { community: communitySlice, proposals: proposalsSlice },
  http: { method: 'POST', path: '/proposals', location: '/proposals/{proposalId}' },
  refusals: {
    DRIVER_REQUIRED: 'A proposal says which situation it answers.',
    REVIEW_DATE_REQUIRED: 'Every agreement is looked at again: it may say when, but not never.',
    UNKNOWN_DECISION_CLASS: 'There is no decision of that kind.',
    NOT_EXECUTABLE: 'A change is no command that a proposal of this kind can carry, or does not have its form.',
  },
  decide({ community, proposals }, command, context) {
    const { now, mint } = context
    const { driver, decisionClass, opensAt: given, reviewAfterDays, changes, ...words } = command
    if (driver === undefined) {
      const message = 'Say which situation the proposal answers.'
      return refuse('DRIVER_REQUIRED', { pointer: '/driver', message })
    }
    if (reviewAfterDays === null) {
      const message = 'Every agreement is looked at again: say when, or leave it to the community.'
      return refuse('REVIEW_DATE_REQUIRED', { pointer: '/reviewAfterDays', message })
    }
    if (!isDecisionClass(decisionClass)) {
      return refuse('UNKNOWN_DECISION_CLASS', {
        pointer: '/decisionClass',
        facts: { decisionClass, classes: DECISION_CLASSES },
        message: `A decision is one of: ${DECISION_CLASSES.join(', ')}.`,
      })
    }
    const opensAt = given === undefined ? now : dateBounds(given).earliest
    if (opensAt < now) {
      const findings = [{ pointer: '/opensAt', rule: 'must not lie in the past' }]
      return refuse('VALIDATION_FAILED', {
        pointer: '/opensAt',
        facts: { findings },
        message: 'A round opens now or later.',
      })
    }
    const unfit = notExecutable(changes, decisionClass, context.parts)
    if (unfit) return unfit
    const concernsIds = [...endedBy(changes)]
    const snapshot = roundRules(community, decisionClass, concernsIds)
    return [
      ProposalSubmitted.of({
        ...words,
        proposalId: mint('proposal'),
        proposerId: personOf(context),
        driver,
        decisionClass,
        version: 1,
        opensAt: instantText(opensAt),
        closesAt: instantText(opensAt + snapshot.rule.windowDays * DAY_MS),
        reviewAfterDays: reviewAfterDays ?? community.policy.values.agreementReviewDays,
        changes,
        concernsIds,
        eligibleIds: eligible(community, proposals, snapshot, context),
        snapshot,
      }),
    ]
  },
  result: firstEventFields('proposalId', 'version', 'opensAt', 'closesAt'),
})

function isDecisionClass(text: string): text is DecisionClass {
  return CLASSES.includes(text)
}

/** Who may answer: every member, or those who were active, where the class is decided by them; whoever proposes is. */
function eligible(
  { members }: CommunityState,
  { lastActOf }: ProposalsState,
  { rule: { activeWithinDays } }: RoundSnapshot,
  { now, actor }: Pick<DecideContext, 'now' | 'actor'>,
): string[] {
  const all = [...members].sort()
  if (activeWithinDays === undefined) return all
  const since = instantText(now - activeWithinDays * DAY_MS)
  const proposer = personOf({ actor })
  return all.filter((id) => id === proposer || (lastActOf.get(id) ?? '') >= since)
}
