import type { Stored } from '../../src/kernel/define-event.ts'
import { remaining } from '../../src/measures/influence.ts'
import { LEAVING_TYPES } from '../community/leaving-facts.ts'
import type { ContributionRecorded } from '../gatherings/events.ts'
import { hostsAt, isGathering, type OpenTime, openTimeOf, presentAt } from '../gatherings/hosting.ts'
import type { InvitationAccepted } from '../invitations/events.ts'
import { type InvitationLife, LIFE_EVENTS, lived } from '../invitations/life.ts'
import type { Component, InfluenceParameters, InfluenceStep } from './component-facts.ts'
import type { SaidEntry } from './entry-log.ts'
import { stepOf } from './role-level-facts.ts'

type Accepted = Stored<(typeof InvitationAccepted)['fields']>
type Contributed = Stored<(typeof ContributionRecorded)['fields']>

/** A yes, from when it was first said until it was taken back; ms. */
export interface StoodYes {
  readonly personId: string
  readonly inviterIds: readonly string[]
  readonly from: number
  readonly to: number
}

/** What is known of one invitation and, where it is one, of its gathering. */
export interface KnownInvitation {
  readonly life: InvitationLife
  /** When the gathering was open; undefined where it never was. */
  readonly open: OpenTime | undefined
  readonly yeses: readonly StoodYes[]
  readonly contributions: readonly { readonly personId: string; readonly hours: number; readonly at: number }[]
}

const LIFE_TYPES: ReadonlySet<string> = new Set([...LIFE_EVENTS.map(({ type }) => type), ...LEAVING_TYPES])

/** Reads the events of one invitation, in order of when they were so. @returns undefined where nothing is left of it. */
export function readInvitation(entries: readonly SaidEntry[]): KnownInvitation | undefined {
  let life: InvitationLife | undefined
  const yeses: { -readonly [K in keyof StoodYes]: StoodYes[K] }[] = []
  const contributions: { personId: string; hours: number; at: number }[] = []
  for (const entry of entries) {
    const { type, data, at } = entry
    if (type === 'ContributionRecorded') {
      const { personId, hours } = data as Contributed
      contributions.push({ personId, hours, at })
    }
    if (LIFE_TYPES.has(type) && (life !== undefined || !LEAVING_TYPES.has(type))) life = lived(life, entry)
    const { personId } = data as { personId?: string }
    const standing = yeses.find((yes) => yes.personId === personId && at < yes.to)
    // To say the same yes again, to other dates, is one yes.
    if (type === 'InvitationAccepted' && !standing) {
      const accepted = data as Accepted
      yeses.push({ ...accepted, from: at, to: Number.POSITIVE_INFINITY })
    }
    if (type === 'AcceptanceWithdrawn' && standing) standing.to = at
  }
  if (!life) return undefined
  return { life, open: isGathering(life) ? openTimeOf(life) : undefined, yeses, contributions }
}

/** Who took part in a gathering as a guest, from when on. */
export function guestsOf({ life, open }: KnownInvitation): ReadonlyMap<string, number> {
  const guests = new Map<string, number>()
  if (!open) return guests
  for (const { personId, from, to } of life.present) {
    const came = Math.max(open.from, from)
    if (came < Math.min(open.to, to) && !guests.has(personId) && !hostsAt(life, came).includes(personId))
      guests.set(personId, came)
  }
  return guests
}

/** The steps in everybody's influence by one invitation and its gathering. */
export function invitationSteps(known: KnownInvitation, parameters: InfluenceParameters): InfluenceStep[] {
  const { weights } = parameters
  const { invitationId } = known.life
  const steps: InfluenceStep[] = []
  const impulse = (personId: string, component: Component, at: number, decaying: number) => {
    if (decaying !== 0) steps.push({ personId, component, at, standing: 0, decaying, invitationId })
  }
  yesImpulses(known.yeses, parameters, (inviterId, at, value) => impulse(inviterId, 'invitationAccepted', at, value))
  for (const own of Map.groupBy(known.contributions, ({ personId }) => personId).values()) {
    let left = weights.contributionMost
    for (const { personId, hours, at } of own) {
      const value = Math.min(left, hours * weights.contribution)
      left -= value
      impulse(personId, 'contribution', at, value)
    }
  }
  for (const [personId, at] of guestsOf(known)) impulse(personId, 'takingPart', at, weights.takingPart)
  return [...steps, ...hostingSteps(known, weights.hosting)]
}

function yesImpulses(
  yeses: readonly StoodYes[],
  { weights, halfLife }: InfluenceParameters,
  impulse: (inviterId: string, at: number, value: number) => void,
): void {
  const counted: { readonly to: number; readonly value: number }[] = []
  for (const { inviterIds, from, to } of yeses) {
    const standing = counted.reduce((sum, each) => sum + (from < each.to ? each.value : 0), 0)
    const value = Math.min(weights.invitationAccepted, Math.max(0, weights.invitationAcceptedMost - standing))
    counted.push({ to, value })
    for (const inviterId of inviterIds) {
      impulse(inviterId, from, value / inviterIds.length)
      // A yes taken back is as if it had not been said, from then on.
      if (to < Number.POSITIVE_INFINITY && halfLife !== undefined)
        impulse(inviterId, to, (-value / inviterIds.length) * remaining(to - from, halfLife))
    }
  }
}

/** A level that changes hands: who has which part of it from a moment on. */
function hostingSteps({ life, open }: KnownInvitation, weight: number): InfluenceStep[] {
  if (!open) return []
  const { invitationId, atHome, takenUp } = life
  const borders = [
    ...[...life.hosts, ...life.present].flatMap(({ from, to }) => [from, to]),
    ...(atHome ? [atHome.at, ...takenUp.values()] : []),
  ].filter((at) => open.from < at && at < open.to)
  const steps: InfluenceStep[] = []
  let before = new Map<string, number>()
  const change = (at: number, now: Map<string, number>, residue: boolean) => {
    for (const personId of new Set([...before.keys(), ...now.keys()])) {
      const by = (now.get(personId) ?? 0) - (before.get(personId) ?? 0)
      if (by !== 0) steps.push({ personId, component: 'hosting', at, ...stepOf(by, residue), invitationId })
    }
    before = now
  }
  for (const at of [...new Set([open.from, ...borders])].sort((a, b) => a - b)) {
    const isHome = atHome !== undefined && atHome.at <= at
    const share = coResponsible(life, isHome, at)
    // What hosts let go of at the at-home moment, and with each who takes it up, leaves nothing behind.
    change(at, new Map(share.map((personId) => [personId, weight / share.length])), !isHome)
  }
  change(open.to, new Map(), true)
  return steps
}

/** Who carries an open gathering: its hosts, and since the at-home moment whoever of those present has taken it up. */
export function coResponsible(life: InvitationLife, isHome: boolean, t: number): readonly string[] {
  if (!isHome) return hostsAt(life, t)
  return presentAt(life, t).filter((personId) => (life.takenUp.get(personId) ?? Number.POSITIVE_INFINITY) <= t)
}
