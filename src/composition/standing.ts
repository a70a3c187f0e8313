import { communitySlice } from '../../commands/community/state.ts'
import { PersonalDataErased } from '../../commands/records/events.ts'
import type { EngineParts } from '../engine/ports.ts'

/** What the engine asks of the areas' folds: who is in, and whose key a record says is gone. */
export const standing: Pick<EngineParts, 'standingOf' | 'erasedBy'> = {
  standingOf(state) {
    const community = state.of(communitySlice)
    return {
      founded: community.founded,
      publicRoster: community.publicRoster,
      isMember: (personId) => community.members.has(personId),
    }
  },
  erasedBy: (event) =>
    event.type === PersonalDataErased.type ? (event.data as { personId: string }).personId : undefined,
}
