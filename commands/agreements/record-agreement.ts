import { DAY_MS } from '../../src/kernel/dates.ts'
import type { DecideContext } from '../../src/kernel/define-command.ts'
import type { NewEvent } from '../../src/kernel/define-event.ts'
import { isRefusal, type Refusal } from '../../src/kernel/refusal.ts'
import type { CommunityState } from '../community/state.ts'
import type { Change, DecisionClass } from '../proposals/decision-facts.ts'
import { momentText } from '../roles/holding-facts.ts'
import { AgreementRecorded } from './events.ts'
import type { AgreementsState } from './state.ts'

/** What was adopted. */
export interface Adopted {
  readonly proposalId: string
  readonly proposerId: string
  readonly decisionClass: DecisionClass
  readonly version: number
  readonly title: string
  readonly text: string
  readonly carriedByMe: boolean
  readonly reviewAfterDays: number
  readonly evaluationCriteria: readonly string[]
  readonly concernIds: readonly string[]
  /** When it ends by itself: a trial. */
  readonly endsAt?: string | undefined
  readonly changes?: readonly Change[] | undefined
}

/**
 * What adopting a proposal writes beside saying so: the agreement, and whatever its changes do, under its mandate.
 * @returns CHANGE_REFUSED where one of them cannot be done: then nothing is.
 */
export function carriedOut(
  adopted: Adopted,
  state: { readonly community: CommunityState; readonly agreements: AgreementsState },
  context: DecideContext,
): readonly NewEvent[] | Refusal {
  const { proposalId, proposerId: proposedBy, decisionClass, changes = [] } = adopted
  const agreement = agreementOf(adopted, state, context)
  if (changes.length === 0) return [agreement]
  const done = context.parts.decide(changes, { proposalId, proposedBy, decisionClass })
  return isRefusal(done) ? done : [agreement, ...done]
}

/**
 * The agreement that an adopted proposal becomes. The first constitutional one is the founding agreement, whatever it is
 * about: it lists the rules that were set before it, which hold from then on.
 */
function agreementOf(
  adopted: Adopted,
  { community, agreements }: { readonly community: CommunityState; readonly agreements: AgreementsState },
  { mint, now }: Pick<DecideContext, 'mint' | 'now'>,
): NewEvent {
  const { proposalId, proposerId, decisionClass, version, title, text, endsAt, changes = [] } = adopted
  const founding = decisionClass === 'constitutional' && agreements.foundingId === undefined
  const carriers = [...(adopted.carriedByMe ? [proposerId] : []), ...(agreements.willCarry.get(proposalId) ?? [])]
  return AgreementRecorded.of({
    agreementId: mint('agreement'),
    proposalId,
    proposalVersion: version,
    proposerId,
    decisionClass,
    title,
    text,
    evaluationCriteria: [...adopted.evaluationCriteria],
    concernIds: [...adopted.concernIds],
    reviewDate: momentText(now + adopted.reviewAfterDays * DAY_MS),
    endsAt,
    carriedBy: [...new Set(carriers)].filter((id) => community.members.has(id)),
    names: personsIn(`${text}\n${JSON.stringify(changes)}`),
    founding,
    confirms: founding
      ? community.policy.provisional.map(({ version: of, rules }) => ({ version: of, rules: [...rules] }))
      : [],
  })
}

function personsIn(text: string): string[] {
  return [...new Set(text.match(/\bperson_[A-Za-z0-9_-]{22}/g) ?? [])]
}
