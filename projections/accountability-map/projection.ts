import {
  AccountabilityEnded,
  AccountabilityStarted,
  MentorshipEnded,
  MentorshipStarted,
} from '../../commands/accountability/events.ts'
import type { Revision } from '../../src/kernel/book.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

/** A moment on both axes; `at` in ms. */
interface Act {
  readonly revision: Revision
  readonly at: number
}

/** A tie between two people, from the yes that began it. */
export interface Tie {
  readonly id: string
  /** Who learns, or answers. */
  readonly personId: string
  /** From whom, or to whom. */
  readonly otherId: string
  /** What a mentorship is about. */
  readonly topics: readonly string[]
  /** In what somebody answers: all, or a role. */
  readonly scope: string
  readonly eventId: string
  readonly began: Act
  ended?: Act
}

export interface TiesView {
  readonly mentorships: Map<string, Tie>
  readonly partners: Map<string, Tie>
}

/** The ties that ran at a point. */
export function tiesAt(ties: ReadonlyMap<string, Tie>, { asOf, revision }: Point): readonly Tie[] {
  const by = (act: Act | undefined) => act !== undefined && act.revision <= revision && act.at <= asOf
  return [...ties.values()].filter(({ began, ended }) => by(began) && !by(ended))
}

export const tiesProjection = defineProjection<TiesView>({
  name: 'ties',
  version: 1,
  summary: 'Who is mentor of whom, and who answers to whom in what, from when to when.',
  initial: () => ({ mentorships: new Map(), partners: new Map() }),
  cases: [
    on(MentorshipStarted, (view, { mentorshipId, menteeId, mentorId, topics }, event) => {
      const pair = { id: mentorshipId, personId: menteeId, otherId: mentorId }
      view.mentorships.set(mentorshipId, { ...pair, topics, scope: 'all', eventId: event.id, began: actOf(event) })
    }),
    on(MentorshipEnded, (view, { mentorshipId }, event) => end(view.mentorships, mentorshipId, event)),
    on(AccountabilityStarted, (view, { accountabilityId, personId, partnerId, scope }, event) => {
      const pair = { id: accountabilityId, personId, otherId: partnerId }
      view.partners.set(accountabilityId, { ...pair, topics: [], scope, eventId: event.id, began: actOf(event) })
    }),
    on(AccountabilityEnded, (view, { accountabilityId }, event) => end(view.partners, accountabilityId, event)),
  ],
})

function end(ties: Map<string, Tie>, id: string, event: RecordedEvent): void {
  const tie = ties.get(id)
  if (tie) tie.ended = actOf(event)
}

function actOf({ revision, effectiveAt }: Pick<RecordedEvent, 'revision' | 'effectiveAt'>): Act {
  return { revision, at: Date.parse(effectiveAt) }
}
