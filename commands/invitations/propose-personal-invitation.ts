import { z } from 'zod'
import { defineCommand } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { yesesSlice } from '../asks/state.ts'
import { communitySlice } from '../community/state.ts'
import { lastAsking } from './asked-before.ts'
import { PersonalInvitationProposed, SENSITIVE_TOPICS } from './events.ts'
import { OFFERING_REFUSALS, offeredBy, offeringFields, waitsUntil } from './offering.ts'
import { invitationsSlice, invitationsWith } from './state.ts'

const REINVITE_TOO_SOON =
  'You asked them not long ago, and they have not said yes. Whether they said no or nothing, a while passes first.'

export const proposePersonalInvitation = defineCommand({
  name: 'ProposePersonalInvitation',
  summary:
    'Invites members by name. Each is asked alone: nobody but the two knows of it until the yes, and a no stays between them.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({
    ...offeringFields,
    toIds: z.array(idOf('person')).min(1).max(50),
    sensitiveTopics: z.array(z.enum(SENSITIVE_TOPICS)).max(2).default([]),
  }),
  reads: { community: communitySlice, invitations: invitationsSlice, yeses: yesesSlice },
  http: { method: 'POST', path: '/mine/asks/invitations', location: '/mine/asks' },
  refusals: { ...OFFERING_REFUSALS, REINVITE_TOO_SOON },
  decide({ community, invitations, yeses }, command, { actor, now, mint, mine }) {
    const { respondByDays, reinviteWaitDays } = community.policy.values
    const offered = offeredBy(command, actor, now, respondByDays)
    if (isRefusal(offered)) return offered
    const { inviterId, respondBy } = offered
    const { kind, title, purpose, startsAt, endsAt, places, asks, proposalId, sensitiveTopics } = command
    const toIds = [...new Set(command.toIds)]
    const own = { matters: mine.all(), lives: invitationsWith(invitations, inviterId), yeses }
    for (const [i, toId] of toIds.entries()) {
      const pointer = `/toIds/${i}`
      if (!community.members.has(toId) || toId === inviterId) return unknownReference(pointer, toId, 'other member')
      const last = lastAsking(toId, inviterId, kind, own)
      const until = last && !last.accepted ? waitsUntil(last.at, now, reinviteWaitDays) : undefined
      if (until !== undefined)
        return refuse('REINVITE_TOO_SOON', { pointer, facts: { toId, until }, message: REINVITE_TOO_SOON })
    }
    const invitationId = mint('invitation')
    return toIds.map((toId) =>
      PersonalInvitationProposed.of({
        askId: mint('ask'),
        what: 'invitation',
        about: invitationId,
        askedBy: inviterId,
        askedOf: toId,
        respondBy,
        invitationId,
        kind,
        title,
        purpose,
        startsAt,
        endsAt,
        places,
        asks,
        sensitiveTopics: [...new Set(sensitiveTopics)],
        proposalId,
      }),
    )
  },
  result: (events) => ({
    invitationId: (events[0]?.data as { invitationId?: string } | undefined)?.invitationId,
    askIds: events.map(({ data }) => (data as { askId: string }).askId),
  }),
})
