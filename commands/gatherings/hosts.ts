import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { InvitationLife } from '../invitations/life.ts'
import type { InvitationsState } from '../invitations/state.ts'
import { hostsAt, isGathering, isOpenAt, overAt, presentAt } from './hosting.ts'

export const NOT_A_HOST = 'Only a host does this, until everybody present was made at home.'
export const NOT_PRESENT = 'Since everybody was made at home, whoever is present does this; and nobody else.'
export const ALREADY_A_HOST = 'They host it already.'
export const GATHERING_NOT_OPEN = 'The gathering is not open now.'
export const GATHERING_OVER = 'The gathering is over or was cancelled.'

/** The gathering a path names. */
export function gatheringBy({ lives }: InvitationsState, invitationId: string): InvitationLife | Refusal {
  const life = lives.get(invitationId)
  return life && isGathering(life) ? life : refuse('NOT_FOUND', { message: 'There is no such gathering.' })
}

export function isHost(life: InvitationLife, personId: string, t: number): boolean {
  return hostsAt(life, t).includes(personId)
}

/** Refuses who is no host; once everybody was made at home, whoever is not present. */
export function mayNotHost(life: InvitationLife, personId: string, t: number): Refusal | undefined {
  if (life.atHome === undefined)
    return isHost(life, personId, t) ? undefined : refuse('NOT_A_HOST', { message: NOT_A_HOST })
  return presentAt(life, t).includes(personId) ? undefined : refuse('NOT_PRESENT', { message: NOT_PRESENT })
}

export function notOpen(life: InvitationLife, t: number): Refusal | undefined {
  return isOpenAt(life, t) ? undefined : refuse('GATHERING_NOT_OPEN', { message: GATHERING_NOT_OPEN })
}

export function isOver(life: InvitationLife, t: number): boolean {
  return (overAt(life) ?? Number.POSITIVE_INFINITY) <= t
}

export function over(): Refusal {
  return refuse('GATHERING_OVER', { message: GATHERING_OVER })
}
