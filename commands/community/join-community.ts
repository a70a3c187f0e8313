import { z } from 'zod'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { line } from '../../src/kernel/text.ts'
import { InvitationAccepted } from '../invitations/events.ts'
import { recordsSlice } from '../records/state.ts'
import { MemberJoined } from './events.ts'
import { type CommunityState, communitySlice } from './state.ts'

const INVITATION_REQUIRED = 'One joins by the invitation of a member: by a sign-in link that a member made.'

export const joinCommunity = defineCommand({
  name: 'JoinCommunity',
  summary:
    'Joins the community, by the own act of whoever the token was made for. A person known from an import keeps their history.',
  book: 'open',
  who: 'newcomer',
  schema: z.strictObject({ displayName: line() }),
  reads: { community: communitySlice, records: recordsSlice },
  http: { method: 'POST', path: '/members', location: '/people/{personId}' },
  refusals: {
    ALREADY_CLAIMED: 'That history is of somebody else by now: a member claimed it, or the record had them twice.',
    COMMUNITY_FULL: 'The community has as many members as it has set itself.',
    INVITATION_REQUIRED,
    ALREADY_A_MEMBER: 'Whoever the token was made for is a member already.',
  },
  decide({ community, records }, { displayName }, { actor, now, mint }) {
    if (actor.kind !== 'person') {
      return refuse('MISSING_SCOPE', {
        message: 'A person joins by their own act; nobody else can do it for them.',
      })
    }
    if (community.members.has(actor.personId))
      return refuse('ALREADY_A_MEMBER', { message: 'You are a member already.' })
    if (records.claimedBy.has(actor.personId))
      return refuse('ALREADY_CLAIMED', {
        message: 'That history is of somebody else by now: a member claimed it, or the record had them twice.',
      })
    const { maxMembers } = community.policy.values
    if (maxMembers !== null && community.members.size >= maxMembers)
      return refuse('COMMUNITY_FULL', { facts: { maxMembers }, message: `It has ${maxMembers} members.` })
    const { personId } = actor
    const inviterId = community.invitedBy.get(personId)
    const known = records.knownPersons.has(personId)
    if (inviterId === undefined && !known && needsInvitation(community, personId, now))
      return refuse('INVITATION_REQUIRED', { message: INVITATION_REQUIRED })
    const joined = MemberJoined.of({ personId, displayName })
    if (inviterId === undefined || community.everMembers.has(personId)) return [joined]
    // Joining by a member's link is the yes to their invitation.
    const invitation = { invitationId: mint('invitation'), kind: 'membership' as const, title: 'Membership' }
    return [joined, InvitationAccepted.of({ ...invitation, personId, inviterIds: [inviterId] })]
  },
  result: firstEventFields('personId'),
})

/**
 * In its first days the operator brings a community together; whoever was a member before comes back as they like, and
 * whom a record of its past names is no stranger.
 */
function needsInvitation({ policy, foundedAt, members, everMembers }: CommunityState, personId: string, now: number) {
  const { membership, bootstrapDays } = policy.values
  if (membership === 'open' || members.size === 0 || everMembers.has(personId)) return false
  return now >= foundedAt + bootstrapDays * DAY_MS
}
