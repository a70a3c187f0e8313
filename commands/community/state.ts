import { FactLog, type FactVersion, isKnownAt } from '../../src/kernel/fact-log.ts'
import { defineSlice, on } from '../../src/kernel/folds.ts'
import { AgreementRecorded } from '../agreements/events.ts'
import {
  CommunityFounded,
  LeaveEnded,
  LeaveTaken,
  MemberJoined,
  MemberLeft,
  MembershipEnded,
  PolicyAmended,
  SignInLinkMade,
} from './events.ts'
import { type LeaveFact, leaveFold } from './leave-facts.ts'
import { type Policies, PRESET_POLICIES } from './policy-table.ts'

export interface CommunityState {
  founded: boolean
  foundedAt: number
  /** Everybody may read the roster, with names. */
  publicRoster: boolean
  /** Persons who joined and have not left. */
  readonly members: Set<string>
  /** Persons who ever joined. */
  readonly everMembers: Set<string>
  /** When whoever left did, ms. */
  readonly leftAt: Map<string, number>
  readonly policy: {
    version: number
    values: Policies
    /** What was set in the first days, version by version, until a founding agreement confirms it. */
    provisional: { readonly version: number; readonly rules: readonly string[] }[]
  }
  readonly leaves: FactLog<LeaveFact>
  readonly leavesOf: Map<string, string[]>
  /** The member who invited somebody in, by whom they invited. */
  readonly invitedBy: Map<string, string>
}

/** The member's leave that runs at a moment or is yet to come, as the book says now. */
export function leaveFrom(state: CommunityState, personId: string, t: number): FactVersion<LeaveFact> | undefined {
  return leavesOf(state, personId).find((leave) => t < leave.to.latest)
}

/** The member's leave at a moment. */
export function leaveAt(state: CommunityState, personId: string, t: number): FactVersion<LeaveFact> | undefined {
  return leavesOf(state, personId).find((leave) => leave.from.earliest <= t && t < leave.to.latest)
}

function leavesOf(state: CommunityState, personId: string): readonly FactVersion<LeaveFact>[] {
  return (state.leavesOf.get(personId) ?? []).flatMap((id) =>
    state.leaves.versions(id).filter((version) => isKnownAt(version, Number.MAX_SAFE_INTEGER)),
  )
}

function left(state: CommunityState, { personId }: { personId: string }, { recordedAt }: { recordedAt: string }): void {
  state.members.delete(personId)
  state.leftAt.set(personId, Date.parse(recordedAt))
}

export const communitySlice = defineSlice<CommunityState>({
  name: 'community',
  book: 'open',
  initial: () => ({
    founded: false,
    foundedAt: 0,
    publicRoster: false,
    members: new Set(),
    everMembers: new Set(),
    leftAt: new Map(),
    policy: { version: 0, values: PRESET_POLICIES.hospitality, provisional: [] },
    leaves: new FactLog(leaveFold),
    leavesOf: new Map(),
    invitedBy: new Map(),
  }),
  cases: [
    on(CommunityFounded, (state, data, event) => {
      state.founded = true
      state.foundedAt = Date.parse(event.recordedAt)
      state.publicRoster = data.publicRoster
      state.policy.values = PRESET_POLICIES[data.preset]
    }),
    on(MemberJoined, (state, data) => {
      state.members.add(data.personId)
      state.everMembers.add(data.personId)
      state.leftAt.delete(data.personId)
    }),
    on(MemberLeft, left),
    on(MembershipEnded, left),
    on(LeaveTaken, (state, data, event) => {
      const own = state.leavesOf.get(data.personId) ?? []
      if (!own.includes(data.leaveId)) state.leavesOf.set(data.personId, [...own, data.leaveId])
      state.leaves.add(data.leaveId, event)
    }),
    on(LeaveEnded, (state, data, event) => void state.leaves.add(data.leaveId, event)),
    on(PolicyAmended, (state, data) => {
      state.policy.version = data.version
      state.policy.values = { ...state.policy.values, ...(data.changes as Partial<Policies>) }
      if (data.provisional)
        state.policy.provisional.push({ version: data.version, rules: Object.keys(data.changes).sort() })
    }),
    on(AgreementRecorded, (state, { founding }) => {
      if (founding) state.policy.provisional = []
    }),
    on(SignInLinkMade, (state, data, event) => void state.invitedBy.set(data.personId, event.actor)),
  ],
})
