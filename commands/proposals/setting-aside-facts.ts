import { DAY_MS } from '../../src/kernel/dates.ts'
import { isOpenObjection, type Objection } from './objection-facts.ts'
import type { Round } from './round-facts.ts'

/** Why an objection is not set aside at a moment; `until` in ms, none where it is for good. */
export interface HeldBack {
  readonly code: 'OBJECTION_STANDS' | 'TIME_ASKED_FOR' | 'LONE_OBJECTOR_NEEDS_SUPPORT'
  readonly until?: number
}

/**
 * What keeps an open objection from being set aside at a moment: somebody made it theirs too, somebody asked for time, or
 * whoever raised it stands alone and has neither said that others may test it nor been silent long enough.
 */
export function heldBackBy(round: Round, objection: Objection, t: number): HeldBack | undefined {
  if (objection.standsWith.size > 0) return { code: 'OBJECTION_STANDS' }
  if (round.timeUntil !== undefined && t < round.timeUntil) return { code: 'TIME_ASKED_FOR', until: round.timeUntil }
  const since = objection.allowed ? undefined : aloneSince(round, objection, t)
  if (since === undefined) return undefined
  const until = since + round.submitted.snapshot.loneObjectorSupportDays * DAY_MS
  return t < until ? { code: 'LONE_OBJECTOR_NEEDS_SUPPORT', until } : undefined
}

/**
 * Since when somebody objects alone (ms): from their objection on, or from when the last of the others was met, taken
 * back or set aside with effect. undefined while somebody else objects too.
 */
export function aloneSince(round: Round, own: Objection, t: number): number | undefined {
  if (!isOpenObjection(own, t)) return undefined
  let since = own.raisedAt
  for (const other of round.objections.values()) {
    if (other.objectorId === own.objectorId) continue
    if (isOpenObjection(other, t)) return undefined
    since = Math.max(since, other.ended?.at ?? other.settingAside?.takesEffectAt ?? since)
  }
  return since
}
