import type { RoleFact } from '../../commands/roles/facts.ts'
import { statusAt } from '../../commands/roles/holding-facts.ts'
import type { HeldOn } from './roster-on.ts'
import type { HoldingVersion } from './roster-view.ts'

/** A seat of a role at a moment: whose it is, and who carries it then. */
export interface CarriedSeat {
  readonly roleId: string
  readonly circleId: string
  /** null for imported holdings, which occupy no seat. */
  readonly seat: number | null
  readonly seatOf: readonly HeldOn[]
  readonly actedBy: readonly HeldOn[]
}

/** Whether a kind of holding is one of a seat, and not of somebody who learns, looks on or acts. */
export function holdsSeat({ version: { fact } }: { readonly version: Pick<HoldingVersion, 'fact'> }): boolean {
  return fact.kind === 'holder' || fact.kind === 'co-holder'
}

/** The holdings of a moment, seat by seat: "who acted" and "whose seat" are two answers. */
export function carriedSeats(held: readonly HeldOn[], asOf: number): readonly CarriedSeat[] {
  const acting = held.filter(({ version }) => version.fact.kind === 'acting')
  const inPlaceOf = Map.groupBy(acting, ({ version: { fact } }) => fact.onBehalfOf?.holdingId ?? fact.roleId)
  const ofSeats = held.filter((each) => holdsSeat(each) || isImportedActing(each))
  const seats = Map.groupBy(ofSeats, ({ version: { fact } }) => `${fact.roleId} ${fact.seat ?? ''}`)
  return [...seats.values()].flatMap((all) => {
    const fact = all[0]?.version.fact
    if (!fact) return []
    const seatOf = all.filter(holdsSeat)
    const actedBy =
      fact.seat === undefined
        ? carriedAsImported(seatOf, inPlaceOf.get(fact.roleId) ?? [])
        : seatOf.flatMap((each) => carriedBy(each, inPlaceOf.get(each.version.fact.holdingId) ?? [], asOf))
    return [{ roleId: fact.roleId, circleId: fact.circleId, seat: fact.seat ?? null, seatOf, actedBy }]
  })
}

/** Seats of a role that nobody has; where an imported record names holders, they fill as many. */
export function emptySeats(role: RoleFact, seats: readonly CarriedSeat[]): readonly number[] {
  const taken = new Set(seats.map(({ seat }) => seat))
  const named = seats.find(({ seat }) => seat === null)?.actedBy.length ?? 0
  const empty: number[] = []
  for (let seat = 1; seat <= (role.definition?.seats ?? 1); seat += 1) if (!taken.has(seat)) empty.push(seat)
  return empty.slice(named)
}

function isImportedActing({ version: { fact } }: HeldOn): boolean {
  return fact.kind === 'acting' && fact.onBehalfOf === undefined
}

/** Who carries a holding: whoever acts for it, else its holder unless they are on leave. */
function carriedBy(holding: HeldOn, acting: readonly HeldOn[], asOf: number): readonly HeldOn[] {
  const own = statusAt(holding.version.fact, asOf) === 'on-leave' ? [] : [holding]
  return acting.some(({ certainty }) => certainty === 'certain') ? acting : [...acting, ...own]
}

// A record from elsewhere does not say for whom somebody acts: for the only holder there is, else it is not known whom.
function carriedAsImported(holders: readonly HeldOn[], acting: readonly HeldOn[]): readonly HeldOn[] {
  const forTheOnlyOne = holders.length <= 1 && acting.some(({ certainty }) => certainty === 'certain')
  return forTheOnlyOne ? acting : [...acting, ...holders]
}
