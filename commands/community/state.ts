import { defineSlice, on } from '../../src/kernel/folds.ts'
import { CommunityFounded, MemberJoined } from './events.ts'

export interface CommunityState {
  founded: boolean
  /** Everybody may read the roster, with names. */
  publicRoster: boolean
  /** Persons who joined and have not left. */
  readonly members: Set<string>
}

export const communitySlice = defineSlice<CommunityState>({
  name: 'community',
  book: 'open',
  initial: () => ({ founded: false, publicRoster: false, members: new Set() }),
  cases: [
    on(CommunityFounded, (state, data) => {
      state.founded = true
      state.publicRoster = data.publicRoster
    }),
    on(MemberJoined, (state, data) => {
      state.members.add(data.personId)
    }),
  ],
})
