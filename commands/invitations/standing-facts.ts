import { overAt } from '../gatherings/hosting.ts'
import type { InvitationLife } from './life.ts'

/** Why an invitation is at an end for everybody; undefined while it is not. */
export function endedBy(life: InvitationLife, now: number): 'withdrawn' | 'cancelled' | 'over' | undefined {
  if (life.withdrawnAt !== undefined) return 'withdrawn'
  if (life.cancelledAt !== undefined) return 'cancelled'
  const over = overAt(life)
  return over !== undefined && over <= now ? 'over' : undefined
}

/**
 * Why an invitation takes no answer of a person; undefined while it does. A yes that stands and has to be said again may
 * be for as long as it is not over.
 */
export function noAnswersOf(
  life: InvitationLife,
  personId: string | undefined,
  now: number,
): 'withdrawn' | 'cancelled' | 'over' | 'closed' | 'lapsed' | undefined {
  const ended = endedBy(life, now)
  if (ended !== undefined) return ended
  if (personId !== undefined && life.yeses.get(personId)?.toReconfirm) return undefined
  if (life.answersClosedAt !== undefined) return 'closed'
  return life.respondBy <= now ? 'lapsed' : undefined
}
