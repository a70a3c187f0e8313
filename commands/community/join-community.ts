import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { line } from '../../src/kernel/text.ts'
import { recordsSlice } from '../records/state.ts'
import { MemberJoined } from './events.ts'
import { communitySlice } from './state.ts'

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
    ALREADY_A_MEMBER: 'Whoever the token was made for is a member already.',
  },
  decide({ community, records }, { displayName }, { actor }) {
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
    return [MemberJoined.of({ personId: actor.personId, displayName })]
  },
  result: firstEventFields('personId'),
})
