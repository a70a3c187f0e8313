import { AgreementRecorded } from '../../commands/agreements/events.ts'
import { MemberJoined } from '../../commands/community/events.ts'
import { type Round, roundCases } from '../../commands/proposals/round-facts.ts'
import type { Revision } from '../../src/kernel/book.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'
import type { SealedAt, SealedValue } from '../../src/kernel/sealed.ts'

/** One event of a round: what was said, with personal words as they are sealed in the book. */
export type Step = Pick<RecordedEvent, 'type' | 'id' | 'community' | 'actor' | 'revision' | 'recordedAt' | 'data'>

export interface ProposalsView {
  /** The steps of each proposal, in the order of the book. A round has few, so a round as it was is folded when asked. */
  readonly steps: Map<string, Step[]>
  /** Who joined: a round that opens later than it was submitted has them in its electorate. */
  readonly joined: Step[]
  /** Agreements by the proposal that was adopted. */
  readonly agreements: Map<string, { readonly agreementId: string; readonly revision: Revision }>
}

const CASES = roundCases<Map<string, Round>>((rounds) => rounds)
const APPLY = new Map(CASES.map(({ event, apply }) => [event.type, apply]))

function stepOf({ type, id, community, actor, revision, recordedAt, data }: RecordedEvent): Step {
  return { type, id, community, actor, revision, recordedAt, data }
}

export const proposalsProjection = defineProjection<ProposalsView>({
  name: 'proposals',
  version: 1,
  summary: 'Proposals, each with all that was said in its round.',
  initial: () => ({ steps: new Map(), joined: [], agreements: new Map() }),
  cases: [
    ...CASES.filter(({ event }) => event.type !== MemberJoined.type).map(({ event }) => ({
      event,
      apply: ({ steps }: ProposalsView, recorded: RecordedEvent) => {
        const { proposalId } = recorded.data as { proposalId?: string }
        if (proposalId === undefined) return
        const known = steps.get(proposalId)
        if (known) known.push(stepOf(recorded))
        else steps.set(proposalId, [stepOf(recorded)])
      },
    })),
    on(MemberJoined, ({ joined }, _, event) => void joined.push(stepOf(event))),
    on(AgreementRecorded, ({ agreements }, { proposalId, agreementId }, { revision }) => {
      agreements.set(proposalId, { agreementId, revision })
    }),
  ],
})

/** The steps of a proposal by a point, none where it had not been submitted. */
export function stepsAt({ steps }: ProposalsView, proposalId: string, point: Point): readonly Step[] {
  return (steps.get(proposalId) ?? []).filter((step) => isBy(step, point))
}

/** A round as it was at a point; undefined before it was submitted. */
export function roundAt(view: ProposalsView, proposalId: string, point: Point): Round | undefined {
  const steps = stepsAt(view, proposalId, point)
  const [first] = steps
  if (!first) return undefined
  const rounds = new Map<string, Round>()
  const fold = (step: Step) => APPLY.get(step.type)?.(rounds, step as RecordedEvent)
  fold(first)
  for (const join of view.joined) if (join.revision > first.revision && isBy(join, point)) fold(join)
  for (const step of steps.slice(1)) fold(step)
  return rounds.get(proposalId)
}

/** A personal text of a step, where it stands. */
export function sealedIn(step: Step, field: string): SealedAt | undefined {
  const value = (step.data as Record<string, unknown>)[field] as SealedValue | undefined
  return value && { community: step.community, book: 'open', eventId: step.id, pointer: `/${field}`, value }
}

function isBy({ revision, recordedAt }: Step, point: Point): boolean {
  return revision <= point.revision && Date.parse(recordedAt) <= point.asOf
}
