import { MemberLeft, MembershipEnded } from '../../commands/community/events.ts'
import { communitySlice } from '../../commands/community/state.ts'
import { PersonalDataErased } from '../../commands/records/events.ts'
import { mayReadHandover } from '../../commands/roles/handover-readers.ts'
import { RoleHandoverOffered } from '../../commands/roles/holding-events.ts'
import { holdersOf, rolesSlice } from '../../commands/roles/state.ts'
import type { EngineParts } from '../engine/ports.ts'

/** What the engine asks of the areas' folds: who is in, who may read on, and whose key a record says is gone. */
export const standing: Pick<EngineParts, 'standingOf' | 'erasedBy' | 'leftBy' | 'mayBeReadLater'> = {
  standingOf(state) {
    const community = state.of(communitySlice)
    return {
      founded: community.founded,
      publicRoster: community.publicRoster,
      maxBackdateDays: community.policy.values.maxBackdateDays,
      leftAt: (personId) => community.leftAt.get(personId),
      holds: (personId, roleId, t) => holdersOf(state.of(rolesSlice), roleId, t).includes(personId),
      isMember: (personId) => community.members.has(personId),
      readsLater: (event, personId) =>
        event.type === RoleHandoverOffered.type && mayReadHandover(state.of(rolesSlice), event, personId),
    }
  },
  mayBeReadLater: (event) => event.type === RoleHandoverOffered.type,
  leftBy: ({ type, data }) =>
    type === MemberLeft.type || type === MembershipEnded.type ? (data as { personId: string }).personId : undefined,
  erasedBy: (event) =>
    event.type === PersonalDataErased.type ? (event.data as { personId: string }).personId : undefined,
}
