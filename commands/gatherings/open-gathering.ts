import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { Guards } from '../community/guards.ts'
import { communitySlice } from '../community/state.ts'
import { personOf } from '../invitations/standing.ts'
import { invitationsSlice } from '../invitations/state.ts'
import { GatheringOpened } from './events.ts'
import { hostsAt, isOpenAt } from './hosting.ts'
import { GATHERING_OVER, gatheringBy, isHost, isOver, NOT_A_HOST, over } from './hosts.ts'

const INVITATION_NOT_ACCEPTED = 'A gathering opens once somebody has said yes to it.'
const ALREADY_OPEN = 'The gathering is open already.'
const HOSTING_ALONE = 'Hosting is done together: there are fewer hosts than the community asks for.'

export const openGathering = defineCommand({
  name: 'OpenGathering',
  summary: 'Opens a gathering earlier than its date. On its date it opens by itself, once somebody has said yes.',
  book: 'open',
  who: 'member',
  backdatable: true,
  schema: z.strictObject({ invitationId: idOf('invitation') }),
  reads: { community: communitySlice, invitations: invitationsSlice },
  http: {
    method: 'POST',
    path: '/gatherings/{invitationId}/opening',
    location: '/gatherings/{invitationId}',
    target: 'invitation:{invitationId}',
  },
  refusals: { NOT_A_HOST, INVITATION_NOT_ACCEPTED, ALREADY_OPEN, GATHERING_OVER, HOSTING_ALONE },
  decide({ community, invitations }, { invitationId }, { actor, now, actedAt }) {
    const personId = personOf(actor)
    const life = gatheringBy(invitations, invitationId)
    if (isRefusal(life)) return life
    if (!isHost(life, personId, now)) return refuse('NOT_A_HOST', { message: NOT_A_HOST })
    if (isOver(life, now)) return over()
    if (isOpenAt(life, actedAt)) return refuse('ALREADY_OPEN', { message: ALREADY_OPEN })
    if (!life.present.some(({ from, to }) => from <= actedAt && actedAt < to))
      return refuse('INVITATION_NOT_ACCEPTED', { message: INVITATION_NOT_ACCEPTED })
    const { minHostsPerGathering, hostingAlone } = community.policy.values
    const hosts = hostsAt(life, actedAt).length
    const guards = new Guards()
    const alone = guards.check(hostingAlone, () =>
      hosts < minHostsPerGathering
        ? refuse('HOSTING_ALONE', { facts: { hosts, minHostsPerGathering }, message: HOSTING_ALONE })
        : undefined,
    )
    if (alone) return alone
    const snapshot = { policyVersion: community.policy.version, minHostsPerGathering, warnings: guards.warnings }
    return [GatheringOpened.of({ invitationId, personId, snapshot })]
  },
  result: firstEventFields('invitationId'),
})
