import { dateBounds } from '../../src/kernel/dates.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { MemberLeft, MembershipEnded } from '../community/events.ts'
import {
  GatheringCancelled,
  GatheringClosed,
  GatheringMoved,
  GatheringOpened,
  GuestsMadeAtHome,
  HomeTakenUp,
  HostingShared,
} from '../gatherings/events.ts'
import {
  AcceptanceWithdrawn,
  InvitationAccepted,
  InvitationClosed,
  type InvitationKind,
  InvitationProposed,
  InvitationReminded,
  InvitationWithdrawn,
  InviterJoined,
} from './events.ts'

type Proposed = Stored<(typeof InvitationProposed)['fields']>
type Accepted = Stored<(typeof InvitationAccepted)['fields']>
type Moved = Stored<(typeof GatheringMoved)['fields']>
type AtHome = Stored<(typeof GuestsMadeAtHome)['fields']>

/** A person's time as host, or with a yes that stands; ms, half-open, Infinity while it lasts. */
export interface Spell {
  readonly personId: string
  readonly from: number
  to: number
}

/** A person's yes to an invitation. */
export interface Yes {
  /** When it was said first, ms. */
  readonly at: number
  /** Whether it was to other dates and has to be said again. */
  toReconfirm: boolean
}

/** What of one invitation is so, as far as its events have been told; all moments in ms. */
export interface InvitationLife {
  readonly invitationId: string
  readonly kind: InvitationKind
  readonly title: string
  /** What an invitation to all said; undefined for one that was made to people by name. */
  readonly toAll: Proposed | undefined
  readonly began: number
  /** Until when an invitation to all takes answers. One by name has that for each addressee. */
  readonly respondBy: number
  readonly places: number | undefined
  startsAt: number | undefined
  endsAt: number | undefined
  /** In the order in which they came to invite. */
  readonly inviters: Map<string, number>
  readonly yeses: Map<string, Yes>
  /** Yeses to the dates it has, past spells included. */
  readonly present: Spell[]
  readonly hosts: Spell[]
  remindedAt: number | undefined
  withdrawnAt: number | undefined
  /** When an inviter stopped taking answers. */
  answersClosedAt: number | undefined
  openedEarlyAt: number | undefined
  closedEarlyAt: number | undefined
  cancelledAt: number | undefined
  atHome: { readonly at: number; readonly formerHostIds: readonly string[] } | undefined
  /** Who is co-responsible by their own act since the at-home moment. */
  readonly takenUp: Map<string, number>
}

/** The events an invitation's life is told by, those of the gathering it may be included. */
export const LIFE_EVENTS = [
  InvitationProposed,
  InviterJoined,
  InvitationAccepted,
  AcceptanceWithdrawn,
  InvitationReminded,
  InvitationWithdrawn,
  InvitationClosed,
  GatheringOpened,
  GatheringMoved,
  GatheringCancelled,
  GatheringClosed,
  HostingShared,
  GuestsMadeAtHome,
  HomeTakenUp,
] as const

type Told = Pick<RecordedEvent, 'type' | 'data' | 'effectiveAt'>

/**
 * Goes on with an invitation's life by one event, in place. An invitation by name begins, for everybody else, with the
 * first yes. Who leaves the community hosts nothing and is present nowhere from then on.
 */
export function lived(life: InvitationLife | undefined, event: Told): InvitationLife {
  const at = dateBounds(event.effectiveAt).earliest
  if (event.type === InvitationProposed.type) return begun(event.data as Proposed, event.data as Proposed, at)
  const now = life ?? begun(event.data as Accepted, undefined, at)
  const { personId } = event.data as { personId: string }
  switch (event.type) {
    case InviterJoined.type:
      invites(now, personId, at)
      break
    case InvitationAccepted.type:
      accepted(now, event.data as Accepted, at)
      break
    case AcceptanceWithdrawn.type:
      now.yeses.delete(personId)
      end(now.present, personId, at)
      break
    case InvitationReminded.type:
      now.remindedAt = at
      break
    case InvitationWithdrawn.type:
      now.withdrawnAt = at
      break
    case InvitationClosed.type:
      now.answersClosedAt = at
      break
    case GatheringOpened.type:
      now.openedEarlyAt = at
      break
    case GatheringMoved.type:
      moved(now, event.data as Moved, at)
      break
    case GatheringCancelled.type:
      now.cancelledAt = at
      break
    case GatheringClosed.type:
      now.closedEarlyAt = at
      break
    case HostingShared.type:
      begin(now.hosts, personId, at)
      if (now.atHome) now.takenUp.set(personId, at)
      break
    case GuestsMadeAtHome.type: {
      const { formerHostIds } = event.data as AtHome
      now.atHome = { at, formerHostIds }
      for (const id of formerHostIds) now.takenUp.set(id, at)
      break
    }
    case HomeTakenUp.type:
      now.takenUp.set(personId, at)
      break
    case MemberLeft.type:
    case MembershipEnded.type:
      end(now.present, personId, at)
      end(now.hosts, personId, at)
      break
  }
  return now
}

function begun(data: Proposed | Accepted, toAll: Proposed | undefined, at: number): InvitationLife {
  const life: InvitationLife = {
    invitationId: data.invitationId,
    kind: data.kind,
    title: data.title,
    toAll,
    began: at,
    respondBy: toAll ? dateBounds(toAll.respondBy).earliest : Number.POSITIVE_INFINITY,
    places: data.places,
    startsAt: momentOf(data.startsAt),
    endsAt: momentOf(data.endsAt),
    inviters: new Map(),
    yeses: new Map(),
    present: [],
    hosts: [],
    remindedAt: undefined,
    withdrawnAt: undefined,
    answersClosedAt: undefined,
    openedEarlyAt: undefined,
    closedEarlyAt: undefined,
    cancelledAt: undefined,
    atHome: undefined,
    takenUp: new Map(),
  }
  for (const id of data.inviterIds) invites(life, id, at)
  return life
}

function invites(life: InvitationLife, personId: string, at: number): void {
  life.inviters.set(personId, at)
  begin(life.hosts, personId, at)
}

function accepted(life: InvitationLife, { personId }: Accepted, at: number): void {
  life.yeses.set(personId, { at: life.yeses.get(personId)?.at ?? at, toReconfirm: false })
  begin(life.present, personId, at)
}

function moved(life: InvitationLife, { startsAt, endsAt, reconfirm }: Moved, at: number): void {
  life.startsAt = dateBounds(startsAt).earliest
  life.endsAt = dateBounds(endsAt).earliest
  if (!reconfirm) return
  for (const yes of life.yeses.values()) yes.toReconfirm = true
  for (const { personId } of [...life.present]) end(life.present, personId, at)
}

function begin(spells: Spell[], personId: string, at: number): void {
  if (!spells.some((spell) => spell.personId === personId && at < spell.to))
    spells.push({ personId, from: at, to: Number.POSITIVE_INFINITY })
}

function end(spells: Spell[], personId: string, at: number): void {
  for (const spell of spells) if (spell.personId === personId && at < spell.to) spell.to = at
}

function momentOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : dateBounds(text).earliest
}
