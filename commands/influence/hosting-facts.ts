import { dateBounds } from '../../src/kernel/dates.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { remaining } from '../../src/measures/influence.ts'
import type { ContributionRecorded, GatheringMoved, GuestsMadeAtHome } from '../gatherings/events.ts'
import type { InvitationAccepted, InvitationProposed } from '../invitations/events.ts'
import type { Component, InfluenceParameters, InfluenceStep } from './component-facts.ts'
import type { SaidEntry } from './entry-log.ts'
import { stepOf } from './role-level-facts.ts'

type Accepted = Stored<(typeof InvitationAccepted)['fields']>
type Proposed = Stored<(typeof InvitationProposed)['fields']>
type Moved = Stored<(typeof GatheringMoved)['fields']>
type AtHome = Stored<(typeof GuestsMadeAtHome)['fields']>
type Contributed = Stored<(typeof ContributionRecorded)['fields']>
type Named = { readonly personId: string }

/** A yes, from when it stood until it was taken back; ms. */
export interface Yes {
  readonly personId: string
  readonly inviterIds: readonly string[]
  readonly from: number
  readonly to: number
  /** When it was said last: again, to other dates, it is the same yes. */
  readonly saidAt: number
}

/** What is known of one invitation and, where it is one, of its gathering. */
export interface KnownInvitation {
  readonly isGathering: boolean
  readonly yeses: readonly Yes[]
  /** When the gathering was open: [from, to); undefined where it never was. */
  readonly open: { readonly from: number; readonly to: number } | undefined
  /** Who hosted, since when they did; the inviters since whenever. */
  readonly hosts: ReadonlyMap<string, number>
  /** When its guests were made at home, and who has taken it up when, hosts of before included. */
  readonly home: { readonly at: number; readonly takenUp: ReadonlyMap<string, number> } | undefined
  /** Who took part, from when on: those present as it opened, later those who came. */
  readonly guests: ReadonlyMap<string, number>
  readonly contributions: readonly { readonly personId: string; readonly hours: number; readonly at: number }[]
}

/** Reads the events of one invitation in order of when they were so. */
export function readInvitation(entries: readonly SaidEntry[]): KnownInvitation {
  const yeses: { -readonly [K in keyof Yes]: Yes[K] }[] = []
  const hosts = new Map<string, number>()
  const contributions: { personId: string; hours: number; at: number }[] = []
  const takenUp = new Map<string, number>()
  let kind: string | undefined
  let [startsAt, endsAt] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  let reconfirmedFrom = Number.NEGATIVE_INFINITY
  let end = Number.POSITIVE_INFINITY
  let openedAt: number | undefined
  let homeAt: number | undefined
  const dates = (data: { startsAt?: string | undefined; endsAt?: string | undefined }) => {
    if (data.startsAt !== undefined) startsAt = dateBounds(data.startsAt).earliest
    if (data.endsAt !== undefined) endsAt = dateBounds(data.endsAt).earliest
  }
  for (const { type, data, at } of entries) {
    switch (type) {
      case 'InvitationProposed': {
        const proposed = data as Proposed
        kind = proposed.kind
        dates(proposed)
        for (const personId of proposed.inviterIds) hosts.set(personId, at)
        break
      }
      case 'InviterJoined':
      case 'HostingShared':
        hosts.set((data as Named).personId, at)
        break
      case 'InvitationAccepted': {
        const accepted = data as Accepted
        if (kind === undefined) {
          kind = accepted.kind
          dates(accepted)
          for (const personId of accepted.inviterIds) hosts.set(personId, at)
        }
        const stands = yeses.find(({ personId, to }) => personId === accepted.personId && at < to)
        if (stands) stands.saidAt = at
        else yeses.push({ ...accepted, from: at, to: Number.POSITIVE_INFINITY, saidAt: at })
        break
      }
      case 'AcceptanceWithdrawn': {
        const yes = yeses.find(({ personId, to }) => personId === (data as Named).personId && at < to)
        if (yes) yes.to = at
        break
      }
      case 'GatheringOpened':
        openedAt ??= at
        break
      case 'GatheringMoved': {
        dates(data as Moved)
        if ((data as Moved).reconfirm) reconfirmedFrom = at
        break
      }
      case 'GatheringClosed':
      case 'GatheringCancelled':
      case 'InvitationWithdrawn':
        end = Math.min(end, at)
        break
      case 'GuestsMadeAtHome':
        homeAt ??= at
        for (const personId of (data as AtHome).formerHostIds) takenUp.set(personId, at)
        break
      case 'HomeTakenUp':
        takenUp.set((data as Named).personId, at)
        break
      case 'ContributionRecorded': {
        const { personId, hours } = data as Contributed
        contributions.push({ personId, hours, at })
      }
    }
  }
  const isGathering = kind === 'gathering'
  const standing = yeses.filter(({ saidAt, to }) => saidAt >= reconfirmedFrom && startsAt < to)
  const from = openedAt ?? Math.min(...standing.map(({ saidAt }) => Math.max(startsAt, saidAt)))
  const to = Math.min(endsAt, end)
  const open = isGathering && from < to ? { from, to } : undefined
  const guests = new Map<string, number>()
  if (open)
    for (const yes of yeses) {
      const came = Math.max(open.from, yes.saidAt)
      if (yes.saidAt < reconfirmedFrom || came >= Math.min(open.to, yes.to) || hosts.has(yes.personId)) continue
      guests.set(yes.personId, came)
    }
  const home = homeAt === undefined ? undefined : { at: homeAt, takenUp }
  return { isGathering, yeses, open, hosts, home, guests, contributions }
}

/** The steps in everybody's influence by one invitation and its gathering. */
export function invitationSteps(
  invitationId: string,
  known: KnownInvitation,
  { weights, halfLife }: InfluenceParameters,
): InfluenceStep[] {
  const steps: InfluenceStep[] = []
  const impulse = (personId: string, component: Component, at: number, decaying: number) => {
    if (decaying !== 0) steps.push({ personId, component, at, standing: 0, decaying, invitationId })
  }
  const counted: { readonly yes: Yes; readonly value: number }[] = []
  for (const yes of known.yeses) {
    const standing = counted.reduce((sum, each) => sum + (yes.from < each.yes.to ? each.value : 0), 0)
    const value = Math.min(weights.invitationAccepted, Math.max(0, weights.invitationAcceptedMost - standing))
    counted.push({ yes, value })
    const each = value / yes.inviterIds.length
    for (const inviterId of yes.inviterIds) {
      impulse(inviterId, 'invitationAccepted', yes.from, each)
      // A yes taken back is as if it had not been said, from then on.
      if (yes.to < Number.POSITIVE_INFINITY && halfLife !== undefined)
        impulse(inviterId, 'invitationAccepted', yes.to, -each * remaining(yes.to - yes.from, halfLife))
    }
  }
  for (const [personId, own] of Map.groupBy(known.contributions, (each) => each.personId)) {
    let left = weights.contributionMost
    for (const { hours, at } of own) {
      const value = Math.min(left, hours * weights.contribution)
      left -= value
      impulse(personId, 'contribution', at, value)
    }
  }
  for (const [personId, at] of known.guests) impulse(personId, 'takingPart', at, weights.takingPart)
  return [...steps, ...hostingSteps(invitationId, known, weights.hosting)]
}

function hostingSteps(invitationId: string, { open, hosts, home }: KnownInvitation, weight: number): InfluenceStep[] {
  if (!open) return []
  const atHome = home && home.at < open.to ? home : undefined
  const borders = [...hosts.values(), ...(atHome ? [atHome.at, ...atHome.takenUp.values()] : [])]
  const within = [...new Set([open.from, ...borders.filter((at) => open.from < at && at < open.to)])]
  const steps: InfluenceStep[] = []
  let before = new Map<string, number>()
  const change = (at: number, now: Map<string, number>, residue: boolean) => {
    for (const personId of new Set([...before.keys(), ...now.keys()])) {
      const by = (now.get(personId) ?? 0) - (before.get(personId) ?? 0)
      if (by !== 0) steps.push({ personId, component: 'hosting', at, ...stepOf(by, residue), invitationId })
    }
    before = now
  }
  for (const at of within.sort((a, b) => a - b)) {
    const isHome = atHome !== undefined && atHome.at <= at
    const share = [...(isHome ? atHome.takenUp : hosts)].filter(([, since]) => since <= at).map(([person]) => person)
    // What hosts let go of at the at-home moment, and with each who takes it up, leaves nothing behind.
    change(at, new Map(share.map((person) => [person, weight / share.length])), !isHome)
  }
  change(open.to, new Map(), true)
  return steps
}
