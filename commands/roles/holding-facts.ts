import { DAY_MS, type DateBounds, dateBounds, instantText, NEVER } from '../../src/kernel/dates.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import type { Entry, Fact, FactFold } from '../../src/kernel/fact-log.ts'
import { leaveFold } from '../community/leave-facts.ts'
import type { HoldingImported } from '../records/events.ts'
import type { HoldingNoted } from '../scribe/events.ts'
import type {
  RoleAccepted,
  RoleHandedOver,
  RoleTermRenewed,
  StandInAccepted,
  SteppedIn,
  UnderstudyAccepted,
} from './holding-events.ts'
import { type AgreedTerm, type Span, type Term, termsWithLeave } from './terms.ts'

type Imported = Stored<(typeof HoldingImported)['fields']>
type Noted = Stored<(typeof HoldingNoted)['fields']>
type Accepted = Stored<(typeof RoleAccepted)['fields']>
type HandedOver = Stored<(typeof RoleHandedOver)['fields']>
type Renewed = Stored<(typeof RoleTermRenewed)['fields']>
type Understudying = Stored<(typeof UnderstudyAccepted)['fields']>
type StandIn = Stored<(typeof StandInAccepted)['fields']>
type StepIn = Stored<(typeof SteppedIn)['fields']>

/** One person's holding of one role, for one spell. */
export interface HoldingFact {
  readonly holdingId: string
  readonly personId: string
  readonly roleId: string
  readonly circleId: string
  readonly kind: Imported['kind']
  readonly basis: Imported['basis'] | 'decided' | 'self-declared' | 'witnessed'
  /** The note of a scribe that tells of it. */
  readonly noteId?: string
  /** What an imported holding says of where it comes from. */
  readonly importId?: string
  readonly sourceKey?: string
  readonly source?: string
  readonly sourceRecordedAt?: string | undefined
  readonly from?: string
  readonly to?: string | undefined
  /** 1 … seats, for holders and co-holders that accepted here. */
  readonly seat?: number
  readonly besideHoldingId?: string
  readonly terms?: readonly Term[]
  readonly leaves?: readonly Span[]
  /** For whom somebody acts, and in which holding of theirs. */
  readonly onBehalfOf?: { readonly personId: string; readonly holdingId: string }
  /** Where it was handed over: to whom from when. */
  readonly handedOver?: { readonly to: string; readonly at: number }
}

/** How a holding stands at a moment of its interval. */
export type HoldingStatus = 'held' | 'taking-over' | 'on-leave' | 'held-over'

/** The status of a holding at a moment (ms) at which it is held. */
export function statusAt({ terms, leaves = [] }: HoldingFact, t: number): HoldingStatus {
  if (!terms) return 'held'
  if (t >= lastEnd(terms)) return 'held-over'
  if (leaves.some((leave) => leave.from <= t && t < leave.to)) return 'on-leave'
  return t < (terms[0]?.start ?? t) ? 'taking-over' : 'held'
}

/** The end of the last term, ms; Infinity where there is none. */
export function lastEnd(terms: readonly Term[] | undefined): number {
  return terms?.at(-1)?.end ?? Number.POSITIVE_INFINITY
}

/** What a holding's events say, be it imported or accepted here. */
export const holdingFold: FactFold<HoldingFact> = (entries) => {
  for (const entry of entries) {
    if (entry.type === 'StandInAccepted') {
      const base = entry as Entry<StandIn>
      return acting(base, base.data.to, false, entries)
    }
    if (entry.type === 'SteppedIn') {
      const base = entry as Entry<StepIn>
      return acting(base, base.data.until, true, entries)
    }
  }
  for (const entry of entries) {
    switch (entry.type) {
      case 'HoldingImported':
      case 'HoldingReimported':
        return imported(entries)
      case 'HoldingNoted':
        return noted(entry as Entry<Noted>, entries)
      case 'RoleAccepted':
        if (isOwn(entry, entries)) return held(entry as Entry<Accepted>, entries)
        break
      case 'RoleHandedOver':
        if (isOwn(entry, entries)) return held(entry as Entry<HandedOver>, entries)
        break
      case 'UnderstudyAccepted':
        return understudying(entry as Entry<Understudying>, entries)
    }
  }
  return []
}

// An acceptance also ends other holdings (a take-over, an understudy seat), and is an event of theirs too. The first
// record of a holding, leave apart, is the one that began it.
function isOwn(entry: Entry, entries: readonly Entry[]): boolean {
  return entries.every((other) => other.revision >= entry.revision || other.type.startsWith('Leave'))
}

/** What was said last counts, whole. */
function imported(entries: readonly Entry[]): Fact<HoldingFact>[] {
  let newest: Entry | undefined
  for (const entry of entries) if (!newest || entry.saidAt > newest.saidAt) newest = entry
  if (!newest) return []
  const data = newest.data as Imported
  const from = dateBounds(data.from)
  const to = data.to === undefined ? NEVER : dateBounds(data.to)
  return from.earliest < to.latest ? [{ from, to, fact: data, evidence: newest.sources }] : []
}

/** A holding that a scribe noted: of another person once it was witnessed, of anybody while nobody said otherwise. */
function noted(base: Entry<Noted>, entries: readonly Entry[]): Fact<HoldingFact>[] {
  const { noteId, holdingId, personId, roleId, circleId, kind, from, to, selfDeclared } = base.data
  const witnessed = entries.some(({ type }) => type === 'NoteWitnessed')
  if (entries.some(({ type }) => type === 'NotAgreedSaid') || !(witnessed || selfDeclared)) return []
  const own = { holdingId, personId, roleId, circleId, kind, noteId } as const
  const basis = witnessed ? 'witnessed' : 'self-declared'
  return fact(dateBounds(from), to === undefined ? NEVER : dateBounds(to), entries, { ...own, basis })
}

/** Whether a holding is history only: told by a record from elsewhere or by a scribe, not accepted here. */
export function isHistory({ importId, noteId }: HoldingFact): boolean {
  return importId !== undefined || noteId !== undefined
}

function held(base: Entry<Accepted> | Entry<HandedOver>, entries: readonly Entry[]): Fact<HoldingFact>[] {
  const { holdingId, personId, roleId, circleId, seat } = base.data
  const standing = entries.filter((entry) => !isGivenUp(entry, entries))
  const renewals = entries.filter((entry) => entry.type === 'RoleTermRenewed') as Entry<Renewed>[]
  const agreed = [base.data, ...renewals.map((entry) => entry.data)].map(agreedTerm)
  const leaves = leavesIn(entries)
  const { holdOverDays, leaveStopsClockDays } = (renewals.at(-1)?.data ?? base.data).snapshot
  const terms = termsWithLeave(agreed, leaves, leaveStopsClockDays)
  let to = boundsOf(lastEnd(terms) + holdOverDays * DAY_MS)
  let handedOver: HoldingFact['handedOver']
  for (const entry of standing) {
    const end = endOf(entry, base, holdingId)
    if (end && end.earliest < to.earliest) to = end
    if (entry !== base && entry.type === 'RoleHandedOver') {
      const { personId: receiver, handoverAt } = entry.data as HandedOver
      handedOver ??= { to: receiver, at: dateBounds(handoverAt).earliest }
    }
  }
  const beside = 'besideHoldingId' in base.data ? base.data.besideHoldingId : undefined
  const together = 'together' in base.data && base.data.together
  return fact(base.effective, to, entries, {
    holdingId,
    personId,
    roleId,
    circleId,
    kind: beside !== undefined || together ? 'co-holder' : 'holder',
    basis: 'decided',
    seat,
    ...(beside === undefined ? {} : { besideHoldingId: beside }),
    terms,
    ...(leaves.length === 0 ? {} : { leaves }),
    ...(handedOver ? { handedOver } : {}),
  })
}

function agreedTerm({
  termNumber,
  termStart,
  termEnd,
}: Pick<Accepted, 'termNumber' | 'termStart' | 'termEnd'>): AgreedTerm {
  const start = dateBounds(termStart).earliest
  return { number: termNumber, start, length: dateBounds(termEnd).earliest - start }
}

/** Whether a handover came to nothing: whoever took it over stepped back before the day, and the giver goes on. */
function isGivenUp(handover: Entry, entries: readonly Entry[]): boolean {
  if (handover.type !== 'RoleHandedOver') return false
  const { holdingId, handoverAt } = handover.data as HandedOver
  return entries.some(
    ({ type, data, effective }) =>
      (type === 'RoleRelinquished' || type === 'RoleTermEnded' || type === 'RoleRecalled') &&
      (data as { holdingId: string }).holdingId === holdingId &&
      effective.earliest < dateBounds(handoverAt).earliest,
  )
}

/** When another event ends a holding before its time. */
function endOf(entry: Entry, base: Entry, holdingId: string): DateBounds | undefined {
  if (entry === base) return undefined
  switch (entry.type) {
    case 'RoleRelinquished':
    case 'RoleTermEnded':
    case 'RoleRecalled':
      return (entry.data as { holdingId: string }).holdingId === holdingId ? entry.effective : undefined
    case 'RoleHandedOver':
      return dateBounds((entry.data as HandedOver).handoverAt)
    case 'RoleAccepted':
      return (entry.data as Accepted).takesOver === holdingId ? entry.effective : undefined
    default:
      return undefined
  }
}

function understudying(base: Entry<Understudying>, entries: readonly Entry[]): Fact<HoldingFact>[] {
  const { holdingId, personId, roleId, circleId } = base.data
  const end = entries.find((entry) => entry !== base)
  const own = { holdingId, personId, roleId, circleId, kind: 'understudy', basis: 'decided' } as const
  return fact(base.effective, end?.effective ?? NEVER, entries, own)
}

function acting(
  base: Entry<StandIn> | Entry<StepIn>,
  until: string | undefined,
  whileOnLeave: boolean,
  entries: readonly Entry[],
): Fact<HoldingFact>[] {
  const { holdingId, personId, roleId, circleId, onBehalfOf, forHoldingId } = base.data
  // What bears on the holding that is acted for stands among the entries too: nobody acts for what is no longer held.
  const own = entries.filter(({ data }) => (data as { holdingId?: string }).holdingId === holdingId)
  const whose = holdingFold(entries.filter((entry) => !own.includes(entry)))[0]
  let to = until === undefined ? NEVER : dateBounds(until)
  if (whose && whose.to.earliest < to.earliest) to = whose.to
  for (const entry of own)
    if (entry.type === 'StandInEnded' && entry.effective.earliest < to.earliest) to = entry.effective
  const leave = whileOnLeave ? leavesIn(entries).find(({ to: end }) => base.effective.earliest < end) : undefined
  if (leave && leave.to < to.earliest) to = boundsOf(leave.to)
  const acts = { holdingId, personId, roleId, circleId, kind: 'acting', basis: 'decided' } as const
  return fact(base.effective, to, own, {
    ...acts,
    onBehalfOf: { personId: onBehalfOf, holdingId: forHoldingId },
  })
}

/** Times away, ms: an imported end that has not come is Infinity. */
function leavesIn(entries: readonly Entry[]): readonly Span[] {
  const byLeave = new Map<string, Entry[]>()
  for (const entry of entries) {
    const { leaveId } = entry.data as { leaveId?: string }
    if (leaveId !== undefined) byLeave.set(leaveId, [...(byLeave.get(leaveId) ?? []), entry])
  }
  return [...byLeave.values()].flatMap(leaveFold).map(({ from, to }) => ({ from: from.earliest, to: to.earliest }))
}

function fact(from: DateBounds, to: DateBounds, entries: readonly Entry[], of: HoldingFact): Fact<HoldingFact>[] {
  if (from.earliest >= to.latest) return []
  return [{ from, to, fact: of, evidence: entries.flatMap((entry) => entry.sources) }]
}

function boundsOf(ms: number): DateBounds {
  return ms === Number.POSITIVE_INFINITY ? NEVER : dateBounds(momentText(ms))
}

/** A moment as people write it: a day where it is one's beginning, else an instant. */
export function momentText(ms: number): string {
  const text = instantText(ms)
  return ms % DAY_MS === 0 ? text.slice(0, 10) : text
}
