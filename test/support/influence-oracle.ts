import { hostsAt, isGathering, isOpenAt, presentAt } from '../../commands/gatherings/hosting.ts'
import { type InvitationLife, LIFE_EVENTS, lived } from '../../commands/invitations/life.ts'
import type { HoldingVersion } from '../../commands/roles/holding-log.ts'
import { rosterProjection } from '../../projections/roster/projection.ts'
import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { isKnownAt } from '../../src/kernel/fact-log.ts'
import { Folds } from '../../src/kernel/folds.ts'

type Data = Readonly<Record<string, unknown>>

interface Read {
  readonly type: string
  readonly data: Data
  readonly at: number
  readonly effectiveAt: string
}

/** Weights and half-life, written out once more. */
const W = { held: 1, learning: 0.25, hosting: 2, mentoring: 0.5, partner: 0.25, yes: 0.5, hour: 0.1, part: 0.1 }
const H = 90 * DAY_MS
const faded = (value: number, since: number) => value * 2 ** (-since / H)

/**
 * Everybody's influence by kind at a moment, by what was recorded up to a revision: the closed formula done the slow way.
 * Every level is looked up at the moment itself and just before every border there is; what fell leaves a residue.
 */
export class InfluenceOracle {
  readonly #told: readonly Read[]
  readonly #holdings: readonly HoldingVersion[]
  readonly #people: readonly string[]

  constructor(events: readonly RecordedEvent[], revision: number) {
    this.#told = readingsAt(events, revision)
    const folds = new Folds([rosterProjection])
    for (const event of events) folds.apply(event)
    this.#holdings = folds.of(rosterProjection).all.filter((version) => isKnownAt(version, revision))
    const ids = JSON.stringify(events).match(/person_[\w-]{22}/g) ?? []
    this.#people = [...new Set(ids)]
  }

  /** By person and kind; kinds that are 0 are left out, and so are people without any. */
  at(t: number): Readonly<Record<string, Readonly<Record<string, number>>>> {
    const all = this.#people.map((person) => [person, this.#of(person, t)] as const)
    return Object.fromEntries(all.filter(([, kinds]) => Object.keys(kinds).length > 0))
  }

  #of(person: string, t: number): Readonly<Record<string, number>> {
    const kinds: Record<string, number> = {}
    const add = (kind: string, value: number) => {
      if (Math.abs(value) > 1e-12) kinds[kind] = (kinds[kind] ?? 0) + value
    }
    for (const roleId of this.#roles()) {
      const held = (at: number) => this.#held(roleId, person, at)
      const learning = (at: number) => this.#learning(roleId, person, at)
      const acted = (at: number) => this.#isActedFor(roleId, person, at)
      add(
        'roleHeld',
        this.#level(held, t, (border) => acted(border) && !acted(border - 1)),
      )
      add(
        'understudy',
        this.#level(learning, t, (border) => held(border) > held(border - 1)),
      )
    }
    for (const id of this.#invitations()) {
      const hosting = (at: number) => this.#hosting(id, person, at)
      const home = (at: number) => this.#life(id, at)?.atHome !== undefined && isOpenAt(this.#life(id, at) as never, at)
      add(
        'hosting',
        this.#level(hosting, t, (border) => home(border)),
      )
      add('invitationAccepted', this.#yeses(id, person, t))
      add('contribution', this.#contributed(id, person, t))
      add('takingPart', this.#tookPart(id, person, t))
    }
    const ties = (began: string, ended: string, own: string, other: string) => (at: number) =>
      new Set(
        this.#told
          .filter(({ type, data, at: from }) => type === began && data[own] === person && from <= at)
          .filter(
            ({ data }) => !this.#told.some((end) => end.type === ended && sameTie(end.data, data) && end.at <= at),
          )
          .map(({ data }) => data[other]),
      ).size
    const mentees = ties('MentorshipStarted', 'MentorshipEnded', 'mentorId', 'menteeId')
    const answering = ties('AccountabilityStarted', 'AccountabilityEnded', 'partnerId', 'personId')
    add(
      'mentoring',
      this.#level(
        (at) => Math.min(2, W.mentoring * mentees(at)),
        t,
        () => false,
      ),
    )
    add(
      'partner',
      this.#level(
        (at) => Math.min(1, W.partner * answering(at)),
        t,
        () => true,
      ),
    )
    return kinds
  }

  /** A level at a moment, and what is left of each fall up to then but for those that leave nothing. */
  #level(level: (at: number) => number, t: number, leavesNothing: (border: number) => boolean): number {
    let value = level(t)
    for (const border of this.#borders()) {
      if (border > t) continue
      const fall = level(border - 1) - level(border)
      if (fall > 1e-12 && !leavesNothing(border)) value += faded(fall, t - border)
    }
    return value
  }

  #borders(): ReadonlySet<number> {
    const borders = new Set<number>()
    for (const { from, to } of this.#holdings) borders.add(from.latest).add(to.earliest)
    for (const { at, data } of this.#told) {
      borders.add(at)
      for (const field of ['startsAt', 'endsAt'])
        if (typeof data[field] === 'string') borders.add(dateBounds(data[field] as string).earliest)
    }
    borders.delete(Number.POSITIVE_INFINITY)
    return borders
  }

  #roles(): ReadonlySet<string> {
    return new Set(this.#holdings.map(({ fact }) => fact.roleId))
  }

  #running(roleId: string, t: number): readonly HoldingVersion[] {
    return this.#holdings.filter(({ fact, from, to }) => fact.roleId === roleId && from.latest <= t && t < to.earliest)
  }

  #weight(roleId: string, t: number): number {
    const said = this.#told.filter(({ data }) => data.roleId === roleId)
    const of = ({ type, data }: Read) =>
      type === 'RoleAmended'
        ? (data.changes as { weight?: number }).weight
        : type === 'RoleDefined' || type === 'RoleImported'
          ? (data.weight as number)
          : undefined
    const weights = said.filter((each) => of(each) !== undefined)
    const then = weights.findLast(({ at, type }) => at <= t || type === 'RoleImported') ?? weights[0]
    return then ? (of(then) ?? 0) : 0
  }

  #held(roleId: string, person: string, t: number): number {
    const running = this.#running(roleId, t)
    const weight = this.#weight(roleId, t) * W.held
    const ofSeat = running.filter(({ fact }) => fact.kind === 'holder' || fact.kind === 'co-holder')
    const acting = running.filter(({ fact }) => fact.kind === 'acting')
    let value = 0
    for (const holding of ofSeat.filter(({ fact }) => fact.seat !== undefined)) {
      const share = weight / ofSeat.filter(({ fact }) => fact.seat === holding.fact.seat).length
      const actors = acting.filter(({ fact }) => fact.onBehalfOf?.holdingId === holding.fact.holdingId)
      if (actors.length === 0 && holding.fact.personId === person) value += share
      for (const { fact } of actors) if (fact.personId === person) value += share / actors.length
    }
    const imported = new Set(ofSeat.filter(({ fact }) => fact.seat === undefined).map(({ fact }) => fact.personId))
    if (imported.has(person)) value += weight
    return value
  }

  #isActedFor(roleId: string, person: string, t: number): boolean {
    const running = this.#running(roleId, t)
    return running.some(
      ({ fact }) =>
        fact.personId === person && running.some((other) => other.fact.onBehalfOf?.holdingId === fact.holdingId),
    )
  }

  #learning(roleId: string, person: string, t: number): number {
    const learns = this.#running(roleId, t).some(({ fact }) => fact.kind === 'understudy' && fact.personId === person)
    return learns ? W.learning * this.#weight(roleId, t) : 0
  }

  #invitations(): ReadonlySet<string> {
    return new Set(
      this.#told.flatMap(({ data }) => (data.invitationId === undefined ? [] : [String(data.invitationId)])),
    )
  }

  /** The invitation as it was at a moment: nothing that was so later only. */
  #life(id: string, t: number): InvitationLife | undefined {
    const types: readonly string[] = LIFE_EVENTS.map(({ type }) => type)
    let life: InvitationLife | undefined
    for (const each of this.#told) {
      if (each.at > t) continue
      if (types.includes(each.type) && each.data.invitationId === id) life = lived(life, each)
      else if (each.type === 'MemberLeft' && life) life = lived(life, each)
    }
    return life
  }

  #hosting(id: string, person: string, t: number): number {
    const life = this.#life(id, t)
    if (!life || !isGathering(life) || !isOpenAt(life, t)) return 0
    const there = life.atHome ? presentAt(life, t).filter((who) => life.takenUp.has(who)) : hostsAt(life, t)
    return there.includes(person) ? W.hosting / there.length : 0
  }

  /** One after the other, each counts until 5 are reached; one taken back counts for nothing. */
  #yeses(id: string, person: string, t: number): number {
    const own = this.#told.filter(({ data }) => data.invitationId === id)
    const standing: { who: unknown; from: number; to: number; inviters: readonly string[]; value: number }[] = []
    for (const { type, data, at } of own) {
      const before = standing.find((yes) => yes.who === data.personId && at < yes.to)
      if (type === 'AcceptanceWithdrawn' && before) before.to = at
      if (type !== 'InvitationAccepted' || before) continue
      standing.push({ who: data.personId, from: at, to: Infinity, inviters: data.inviterIds as string[], value: 0 })
    }
    let sum = 0
    for (const yes of standing) {
      const earlier = standing.filter((other) => standing.indexOf(other) < standing.indexOf(yes) && yes.from < other.to)
      yes.value = Math.min(W.yes, Math.max(0, 5 - earlier.reduce((all, { value }) => all + value, 0)))
      if (yes.from <= t && t < yes.to && yes.inviters.includes(person))
        sum += faded(yes.value / yes.inviters.length, t - yes.from)
    }
    return sum
  }

  #contributed(id: string, person: string, t: number): number {
    let left = 3
    let sum = 0
    for (const { type, data, at } of this.#told) {
      if (type !== 'ContributionRecorded' || data.invitationId !== id || data.personId !== person) continue
      const value = Math.min(left, W.hour * (data.hours as number))
      left -= value
      if (at <= t) sum += faded(value, t - at)
    }
    return sum
  }

  /** From the first moment at which they were there as a guest while it was open. */
  #tookPart(id: string, person: string, t: number): number {
    for (const border of [...this.#borders()].sort((a, b) => a - b)) {
      if (border > t) return 0
      const life = this.#life(id, border)
      if (!life || !isGathering(life) || !isOpenAt(life, border)) continue
      if (presentAt(life, border).includes(person) && !hostsAt(life, border).includes(person))
        return faded(W.part, t - border)
    }
    return 0
  }
}

function sameTie(a: Data, b: Data): boolean {
  return a.mentorshipId === b.mentorshipId && a.accountabilityId === b.accountabilityId
}

/** What was recorded by a revision, corrections applied, in order of when it was so. */
function readingsAt(events: readonly RecordedEvent[], revision: number): readonly Read[] {
  const kept = events.filter((event) => event.revision <= revision)
  const read = kept.flatMap((event) => {
    let data = event.data as Data | null
    let { effectiveAt } = event
    let saidAt = event.revision
    for (const { type, data: later, revision: by } of kept) {
      const correction = later as unknown as {
        targetEventId: string
        replacement: Data
        replacementEffectiveAt?: string
      }
      if (type !== 'RecordCorrected' || correction.targetEventId !== event.id) continue
      data = correction.replacement
      effectiveAt = correction.replacementEffectiveAt ?? effectiveAt
      saidAt = by
    }
    const withdrawn = (data: unknown) =>
      (data as { roleEvents: readonly { eventId: string }[] }).roleEvents.some(({ eventId }) => eventId === event.id)
    if (kept.some(({ type, data: later }) => type === 'ImportWithdrawn' && withdrawn(later))) data = null
    return data ? [{ type: event.type, data, at: dateBounds(effectiveAt).earliest, effectiveAt, saidAt }] : []
  })
  return read.sort((a, b) => a.at - b.at || a.saidAt - b.saidAt)
}
