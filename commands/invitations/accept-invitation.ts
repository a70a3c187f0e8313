import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { isRefusal, type Refusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { type Ask, askedOf, askToAccept, YES_REFUSALS } from '../asks/ask.ts'
import { yesesSlice } from '../asks/state.ts'
import { momentText } from '../roles/holding-facts.ts'
import { InvitationAccepted, type PersonalInvitationProposed } from './events.ts'
import type { InvitationLife } from './life.ts'
import { closed, closedTo, INVITATION_CLOSED, personOf } from './standing.ts'
import { invitationsSlice } from './state.ts'
import { eitherOf } from './which.ts'

const CAPACITY_REACHED = 'As many have said yes as there are places.'
export const ALREADY_ACCEPTED = 'You have said yes already.'

export const acceptInvitation = defineCommand({
  name: 'AcceptInvitation',
  summary:
    'Says yes to an invitation: one to all, or what you were asked by name. Everybody sees that you did, to what, and who invited. Again: where its dates have changed since.',
  book: 'open',
  who: 'member',
  yes: true,
  schema: z.strictObject({ invitationId: idOf('invitation').optional(), askId: idOf('ask').optional() }),
  reads: { invitations: invitationsSlice, yeses: yesesSlice },
  http: { method: 'POST', path: '/invitations/acceptances', location: '/invitations/{invitationId}' },
  refusals: { ...YES_REFUSALS, INVITATION_CLOSED, CAPACITY_REACHED, ALREADY_ACCEPTED },
  decide({ invitations, yeses }, { invitationId, askId }, context) {
    const personId = personOf(context.actor)
    const which = eitherOf(invitationId, askId)
    if (isRefusal(which)) return which
    const ask = which.askId === undefined ? undefined : askToAccept(which.askId, 'invitation', yeses, context)
    if (isRefusal(ask)) return ask
    const terms = ask ? termsOfAsk(ask) : termsOf(invitations.lives.get(which.invitationId ?? ''), personId)
    if (terms === undefined) return unknownReference('/invitationId', which.invitationId ?? '', 'invitation')
    if (isRefusal(terms)) return terms
    const life = invitations.lives.get(terms.invitationId)
    const yes = life?.yeses.get(personId)
    if (yes && !yes.toReconfirm) return refuse('ALREADY_ACCEPTED', { message: ALREADY_ACCEPTED })
    const refusal = life ? closedTo(life, personId, context.now) : overBefore(terms.endsAt, context.now)
    if (refusal) return refusal
    if (terms.places !== undefined && !yes && (life?.yeses.size ?? 0) >= terms.places)
      return refuse('CAPACITY_REACHED', { facts: { places: terms.places }, message: CAPACITY_REACHED })
    return [
      InvitationAccepted.of({
        ...terms,
        // What has moved since is said yes to as it is now.
        startsAt: life?.startsAt === undefined ? terms.startsAt : momentText(life.startsAt),
        endsAt: life?.endsAt === undefined ? terms.endsAt : momentText(life.endsAt),
        personId,
        reconfirms: yes ? true : undefined,
        asked: ask && askedOf(ask),
      }),
    ]
  },
  result: firstEventFields('invitationId', 'startsAt', 'endsAt'),
})

type Terms = Pick<
  Stored<(typeof InvitationAccepted)['fields']>,
  'invitationId' | 'inviterIds' | 'kind' | 'title' | 'startsAt' | 'endsAt' | 'places' | 'proposalId'
>

function termsOfAsk(ask: Ask): Terms {
  const data = ask.data as unknown as Stored<(typeof PersonalInvitationProposed)['fields']>
  const { invitationId, kind, title, startsAt, endsAt, places, proposalId } = data
  return { invitationId, inviterIds: [ask.by], kind, title, startsAt, endsAt, places, proposalId }
}

/** An invitation everybody may read, for a yes: one to all, or one by name to which the person said yes before. */
function termsOf(life: InvitationLife | undefined, personId: string): Terms | Refusal | undefined {
  if (!life) return undefined
  if (life.inviters.has(personId))
    return refuse('NOT_YOURS_TO_ACCEPT', { message: 'Whoever invites is there already.' })
  if (!life.toAll && !life.yeses.has(personId)) return closed('by-name')
  const { invitationId, kind, title, places, toAll } = life
  const dates = { startsAt: toAll?.startsAt, endsAt: toAll?.endsAt }
  return {
    invitationId,
    inviterIds: [...life.inviters.keys()],
    kind,
    title,
    places,
    proposalId: toAll?.proposalId,
    ...dates,
  }
}

function overBefore(endsAt: string | undefined, now: number): Refusal | undefined {
  return endsAt !== undefined && Date.parse(endsAt) <= now ? closed('over') : undefined
}
