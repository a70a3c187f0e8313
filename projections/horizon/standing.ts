import type { Policies } from '../../commands/community/policy-table.ts'
import type { RoleFact } from '../../commands/roles/facts.ts'
import { isHistory, lastEnd } from '../../commands/roles/holding-facts.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { certaintyAt } from '../../src/kernel/intervals.ts'
import { carriedSeats, emptySeats, holdsSeat } from '../roster/carried.ts'
import type { HeldOn } from '../roster/roster-on.ts'
import type { HoldingVersion } from '../roster/roster-view.ts'
import { type AloneHolder, holdersAlone, needsSecond } from '../roster/second-person.ts'

/** A term or imported holding that ends soon; `next` is the holding that follows it, where one was agreed. */
export interface Ending {
  readonly holding: HoldingVersion
  readonly end: number
  readonly next: HoldingVersion | undefined
}

/** A seat nobody has; dates in ms, -Infinity where nobody knows since when. */
export interface Vacant {
  readonly seat: number
  readonly since: number
  readonly until: number | undefined
}

/** A holder away, for how long, and by which holdings others act for them. */
export interface Away {
  readonly holding: HoldingVersion
  readonly from: number
  readonly until: number
  readonly acting: readonly HoldingVersion[]
}

/** What there is to say of a role at a moment. */
export interface RoleStanding {
  readonly ending: readonly Ending[]
  readonly heldOver: readonly HoldingVersion[]
  readonly vacant: readonly Vacant[]
  readonly alone: readonly AloneHolder[]
  readonly away: readonly Away[]
}

/** How a role stands at a moment, of all that is known of its holdings; terms that end within so many days are told. */
export function standingOf(
  role: RoleFact,
  definedAt: number | undefined,
  versions: readonly HoldingVersion[],
  { asOf, withinDays, policies }: { asOf: number; withinDays: number; policies: Policies },
): RoleStanding {
  const held = versions.flatMap((version): HeldOn[] => {
    const certainty = certaintyAt(version, asOf)
    return certainty ? [{ version, certainty }] : []
  })
  const running = held.map(({ version }) => version)
  const seats = carriedSeats(held, asOf)
  const until = asOf + withinDays * DAY_MS
  return {
    ending: running
      .map((holding) => ({ holding, end: endOf(holding), next: nextOf(holding, versions, asOf) }))
      .filter(({ holding, end }) => end <= until && !isHeldOver(holding, asOf)),
    heldOver: running.filter((holding) => isHeldOver(holding, asOf)),
    vacant: emptySeats(role, seats).flatMap((seat) => vacantSeat(seat, definedAt, versions, asOf)),
    alone: needsSecond(role, policies) ? holdersAlone(versions, asOf) : [],
    away: running.flatMap((holding) => awayFrom(holding, running, asOf)),
  }
}

// Whoever goes on leave after their term still carries the role on, if only by name.
function isHeldOver({ fact: { terms } }: HoldingVersion, asOf: number): boolean {
  return terms !== undefined && lastEnd(terms) <= asOf
}

/** When a holding ends as things stand, before it is carried on: who learns or acts has no term of their own. */
function endOf({ fact, to }: HoldingVersion): number {
  if (!isHistory(fact) && fact.seat === undefined) return Number.POSITIVE_INFINITY
  return Math.min(lastEnd(fact.terms), to.earliest)
}

function nextOf(
  { fact, from }: HoldingVersion,
  versions: readonly HoldingVersion[],
  asOf: number,
): HoldingVersion | undefined {
  if (fact.seat === undefined) return undefined
  const { handedOver, seat } = fact
  return versions.find(
    (other) =>
      other.fact.seat === seat &&
      (handedOver ? other.fact.personId === handedOver.to : true) &&
      other.from.earliest > from.earliest &&
      asOf < other.to.earliest &&
      other.fact.besideHoldingId === undefined,
  )
}

// An imported holding fills no seat of its own, so it was in whichever is empty.
function vacantSeat(
  seat: number,
  definedAt: number | undefined,
  versions: readonly HoldingVersion[],
  asOf: number,
): readonly Vacant[] {
  const inIt = versions.filter(
    ({ fact }) => fact.seat === seat || (isHistory(fact) && holdsSeat({ version: { fact } })),
  )
  const since = Math.max(
    definedAt ?? Number.NEGATIVE_INFINITY,
    ...inIt.map(({ to }) => to.latest).filter((end) => end <= asOf),
  )
  if (since === Number.NEGATIVE_INFINITY) return []
  const next = Math.min(...inIt.map(({ from }) => from.earliest).filter((begins) => begins > asOf))
  return [{ seat, since, until: next === Number.POSITIVE_INFINITY ? undefined : next }]
}

function awayFrom(holding: HoldingVersion, running: readonly HoldingVersion[], asOf: number): readonly Away[] {
  const leave = holding.fact.leaves?.find(({ from, to }) => from <= asOf && asOf < to)
  if (!leave) return []
  const acting = running.filter(({ fact }) => fact.onBehalfOf?.holdingId === holding.fact.holdingId)
  return [{ holding, from: leave.from, until: leave.to, acting }]
}
