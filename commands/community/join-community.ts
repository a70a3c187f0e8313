import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { line } from '../../src/kernel/text.ts'
import { MemberJoined } from './events.ts'
import { communitySlice } from './state.ts'

export const joinCommunity = defineCommand({
  name: 'JoinCommunity',
  summary:
    'Joins the community, by the own act of whoever the token was made for. A person known from an import keeps their history.',
  book: 'open',
  who: 'newcomer',
  schema: z.strictObject({ displayName: line() }),
  reads: { community: communitySlice },
  http: { method: 'POST', path: '/members', location: '/people/{personId}' },
  refusals: {
    ALREADY_CLAIMED: 'A member has claimed that history as theirs.',
    COMMUNITY_FULL: 'The community has as many members as it has set itself.',
    ALREADY_A_MEMBER: 'Whoever the token was made for is a member already.',
  },
  decide({ community }, { displayName }, { actor }) {
    if (actor.kind !== 'person') {
      return refuse('MISSING_SCOPE', {
        message: 'A person joins by their own act; nobody else can do it for them.',
      })
    }
    if (community.members.has(actor.personId))
      return refuse('ALREADY_A_MEMBER', { message: 'You are a member already.' })
    if (community.claimedBy.has(actor.personId))
      return refuse('ALREADY_CLAIMED', { message: 'A member has claimed that history as theirs.' })
    const { maxMembers } = community.policy.values
    if (maxMembers !== null && community.members.size >= maxMembers)
      return refuse('COMMUNITY_FULL', { facts: { maxMembers }, message: `It has ${maxMembers} members.` })
    return [MemberJoined.of({ personId: actor.personId, displayName })]
  },
  result: firstEventFields('personId'),
})
