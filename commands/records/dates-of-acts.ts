import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import type { AnyEvent } from '../../src/kernel/define-event.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { CommunityState } from '../community/state.ts'
import { seatTakenBy } from '../roles/seats.ts'
import { holdingsOf, type RolesState } from '../roles/state.ts'

type Data = Readonly<Record<string, unknown>>

/** An act that somebody did is not undone by saying that it never happened. */
export function mayNotBeUndone({ type, correctable }: AnyEvent): Refusal | undefined {
  if (typeof correctable !== 'object') return undefined
  return refuse('CORRECTION_FORBIDDEN', {
    facts: { type },
    message: `That somebody said yes stays; of a ${type} only the dates are corrected.`,
  })
}

/** Of an act only its dates change: they stay in their order, no term gets a later end, and a seat is nobody else's. */
export function badDates(
  { community, roles }: { community: CommunityState; roles: RolesState },
  { correctable }: AnyEvent,
  original: Data,
  replacement: Data,
): Refusal | undefined {
  if (typeof correctable !== 'object') return undefined
  const breaks = (field: string, message: string) =>
    refuse('CORRECTION_BREAKS_INVARIANT', { pointer: `/replacement/${field}`, message })
  const { dates } = correctable
  for (const field of new Set([...Object.keys(original), ...Object.keys(replacement)]))
    if (!dates.includes(field) && !isDeepEqual(original[field], replacement[field]))
      return breaks(field, `"${field}" is what was agreed, and stays: only the dates are corrected.`)
  const moments = dates.map((field) => dateBounds(String(replacement[field])).earliest)
  for (const [i, field] of dates.entries())
    if (i > 0 && (moments[i] as number) < (moments[i - 1] as number))
      return breaks(field, `"${field}" comes after "${dates[i - 1]}".`)
  const { holdingId, fromHoldingId, roleId, seat, termStart, termEnd } = replacement
  const [start, end] = [termStart, termEnd].map((date) => dateBounds(String(date)).earliest) as [number, number]
  const { maxTermDays } = community.policy.values
  if (end > dateBounds(String(original.termEnd)).earliest)
    return breaks('termEnd', 'A term is made longer by renewing it, not by a correction.')
  if (end <= start || end - start > maxTermDays * DAY_MS)
    return breaks('termStart', `A term ends after it begins, within ${maxTermDays} days.`)
  const own = [holdingId, fromHoldingId].map(String)
  const sharing = holdingsOf(roles, String(roleId)).flatMap(({ fact }) =>
    fact.kind === 'co-holder' || fact.besideHoldingId === holdingId ? [fact.holdingId] : [],
  )
  if (seatTakenBy(roles, String(roleId), seat as number, start, end, [...own, ...sharing]))
    return breaks('termStart', 'Somebody else held the seat for some of that time.')
  return undefined
}

function isDeepEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => isDeepEqual((a as Data)[name], (b as Data)[name]))
}
