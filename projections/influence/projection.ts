import { CommunityFounded, PolicyAmended } from '../../commands/community/events.ts'
import { type Policies, PRESET_POLICIES } from '../../commands/community/policy-table.ts'
import { influenceCases, noteMoment } from '../../commands/influence/influence-cases-facts.ts'
import { LiveInfluence } from '../../commands/influence/live-facts.ts'
import { parametersOf } from '../../commands/influence/parameter-facts.ts'
import type { Revision } from '../../src/kernel/book.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

/** An open act of a person: when it was recorded, on both axes. */
export interface OpenAct {
  readonly revision: Revision
  readonly at: number
}

export class InfluenceView {
  readonly live = new LiveInfluence(parametersOf(PRESET_POLICIES.hospitality))
  policies: Policies = PRESET_POLICIES.hospitality
  /** The last event of the open book; answers at or after it are about all that is known. */
  last: Revision = -1
  /** Open acts by who acted. */
  readonly acts = new Map<string, OpenAct[]>()

  amend(changes: Partial<Policies>): void {
    this.policies = { ...this.policies, ...changes }
    this.live.parameters = parametersOf(this.policies)
  }

  /** What influence comes from; what it comes to at a moment is no part of what the book says. */
  digestForm() {
    return { facts: this.live.facts, acts: this.acts }
  }
}

export const influenceProjection = defineProjection<InfluenceView>({
  name: 'influence',
  version: 1,
  summary: 'Whose acts and offices shape what others do, by kind, on two time axes.',
  initial: () => new InfluenceView(),
  every: (view, event) => {
    noteMoment(view.live, event)
    const { actor, revision, recordedAt } = event
    view.last = revision
    if (!actor.startsWith('person_')) return
    const acts = view.acts.get(actor)
    const act = { revision, at: Date.parse(recordedAt) }
    if (acts) acts.push(act)
    else view.acts.set(actor, [act])
  },
  cases: [
    on(CommunityFounded, (view, { preset }) => view.amend(PRESET_POLICIES[preset])),
    on(PolicyAmended, (view, { changes }) => view.amend(changes as Partial<Policies>)),
    ...influenceCases<InfluenceView>((view) => view.live),
  ],
})
