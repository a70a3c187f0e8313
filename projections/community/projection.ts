import { CircleFormed, CircleImported } from '../../commands/circles/events.ts'
import { CommunityFounded, MemberJoined, MemberLeft, MembershipEnded } from '../../commands/community/events.ts'
import type { Revision } from '../../src/kernel/book.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

export interface CommunityView {
  founding: { readonly data: Stored<(typeof CommunityFounded)['fields']>; readonly revision: Revision } | undefined
  /** Revisions at which somebody joined. */
  readonly joinings: Revision[]
  /** Revisions at which somebody left. */
  readonly leavings: Revision[]
  /** The revision at which each circle came to be known. */
  readonly circles: Map<string, Revision>
}

function circleKnown(view: CommunityView, data: { circleId: string }, event: { revision: Revision }): void {
  if (!view.circles.has(data.circleId)) view.circles.set(data.circleId, event.revision)
}

export const communityProjection = defineProjection<CommunityView>({
  name: 'community',
  version: 2,
  summary: 'The community itself: its name, its scale, how many joined and left.',
  initial: () => ({ founding: undefined, joinings: [], leavings: [], circles: new Map() }),
  cases: [
    on(CommunityFounded, (view, data, event) => {
      view.founding = { data, revision: event.revision }
    }),
    on(MemberJoined, (view, _, event) => void view.joinings.push(event.revision)),
    on(MemberLeft, (view, _, event) => void view.leavings.push(event.revision)),
    on(MembershipEnded, (view, _, event) => void view.leavings.push(event.revision)),
    on(CircleFormed, circleKnown),
    on(CircleImported, circleKnown),
  ],
})
