import { defineSlice, on } from '../../src/kernel/folds.ts'
import { CommunityFounded, HistoryClaimed, MemberJoined, PolicyAmended } from '../community/events.ts'
import { leavingCases } from '../community/leaving-facts.ts'
import { type Policies, PRESET_POLICIES } from '../community/policy-table.ts'
import { PeopleMerged } from '../records/events.ts'
import { influenceCases, noteMoment } from './influence-cases-facts.ts'
import { LiveInfluence } from './live-facts.ts'
import { parametersOf } from './parameter-facts.ts'

export interface InfluenceState {
  readonly live: LiveInfluence
  policies: Policies
  readonly members: Set<string>
  /** Known persons by the member who claimed their history: it counts as their own. */
  readonly claims: Map<string, string[]>
}

/**
 * Influence buys duties, never rights. These commands, and no others, may look at it, to ask to how many people somebody
 * answers who takes a role on. What anybody may invite to, say, object to or decide is none of them.
 */
export const READERS_OF_INFLUENCE = ['AcceptRole', 'AcceptHandover', 'AcceptStandIn', 'StepIn', 'RenewTerm'] as const

export const influenceSlice = defineSlice<InfluenceState>({
  name: 'influence',
  book: 'open',
  readBy: READERS_OF_INFLUENCE,
  initial: () => {
    const policies = PRESET_POLICIES.hospitality
    return { live: new LiveInfluence(parametersOf(policies)), policies, members: new Set(), claims: new Map() }
  },
  every: ({ live }, event) => noteMoment(live, event),
  cases: [
    on(CommunityFounded, (state, { preset }) => amend(state, PRESET_POLICIES[preset])),
    on(PolicyAmended, (state, { changes }) => amend(state, changes as Partial<Policies>)),
    on(MemberJoined, (state, { personId }) => {
      state.members.add(personId)
      for (const id of idsOf(state, personId)) state.live.count(id, true)
    }),
    ...leavingCases<InfluenceState>((state, { personId }) => {
      state.members.delete(personId)
      for (const id of idsOf(state, personId)) state.live.count(id, false)
    }),
    on(HistoryClaimed, (state, { personId, knownPersonId }) => claim(state, personId, knownPersonId)),
    on(PeopleMerged, (state, { keep, merge }) => claim(state, keep, merge)),
    ...influenceCases<InfluenceState>((state) => state.live),
  ],
})

/** The ids whose acts are a member's: their own, and those of the history they claimed. */
export function idsOf({ claims }: InfluenceState, personId: string): readonly string[] {
  return [personId, ...(claims.get(personId) ?? [])]
}

function claim(state: InfluenceState, personId: string, known: string): void {
  const ids = idsOf(state, known)
  state.claims.set(personId, [...(state.claims.get(personId) ?? []), ...ids])
  if (state.members.has(personId)) for (const id of ids) state.live.count(id, true)
}

function amend(state: InfluenceState, changes: Partial<Policies>): void {
  state.policies = { ...state.policies, ...changes }
  state.live.parameters = parametersOf(state.policies)
}
