import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { InvitationLife } from './life.ts'
import { endedBy, noAnswersOf } from './standing-facts.ts'
import type { InvitationsState } from './state.ts'

export const INVITATION_CLOSED =
  'The invitation takes no answers any more: it was withdrawn or closed, or its time has passed.'
export const NOT_AN_INVITER = 'Only whoever invites does this.'

/** Refuses an answer to what takes none. */
export function closedTo(life: InvitationLife, personId: string, now: number): Refusal | undefined {
  const status = noAnswersOf(life, personId, now)
  return status === undefined ? undefined : closed(status)
}

export function closed(status: string): Refusal {
  return refuse('INVITATION_CLOSED', { facts: { status }, message: INVITATION_CLOSED })
}

/** The invitation a path names, for an act of whoever invites. */
export function ownInvitation(
  { lives }: InvitationsState,
  invitationId: string,
  actorId: string,
  now: number,
): InvitationLife | Refusal {
  const life = lives.get(invitationId)
  if (!life) return refuse('NOT_FOUND', { message: 'There is no such invitation.' })
  if (!life.inviters.has(actorId)) return refuse('NOT_AN_INVITER', { message: NOT_AN_INVITER })
  const ended = endedBy(life, now)
  return ended === undefined ? life : closed(ended)
}

/** The id of the person who acts; of nobody where it is none. */
export function personOf(actor: { readonly kind: string; readonly personId?: string }): string {
  return actor.personId ?? ''
}
