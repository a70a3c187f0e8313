import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import type { EventDefinition, EventFields, Stored } from '../../src/kernel/define-event.ts'
import { type Case, on } from '../../src/kernel/folds.ts'
import { ResponsibilityAccepted } from '../agreements/events.ts'
import { MemberJoined } from '../community/events.ts'
import * as events from './events.ts'
import { isOpenObjection, type Objection } from './objection-facts.ts'

export type Submitted = Stored<(typeof events.ProposalSubmitted)['fields']>

/** What somebody said to a version. */
export interface Position {
  readonly version: number
  readonly stance: 'consent' | 'aside'
}

/** A proposal and its round as the book says now; moments in ms since 1970. */
export interface Round {
  /** What was submitted; `text` and `closesAt` of the version now are beside it. */
  readonly submitted: Submitted
  readonly opensAt: number
  /** Who may answer, frozen when the round opens: a member who joined before that is among them. */
  readonly eligible: Set<string>
  version: number
  text: string
  closesAt: number
  /** When the agreement would end by itself, where it is a trial. */
  trialUntil?: string
  /** The last answer of each person, also to an earlier version. */
  readonly positions: Map<string, Position>
  readonly objections: Map<string, Objection>
  readonly concernIds: string[]
  readonly questionIds: Set<string>
  /** Time asked for in this version. */
  timeUntil?: number
  lastMovedAt: number
  decided?: { readonly how: 'adopted' | 'withdrawn'; readonly at: number }
}

export type RoundStatus = 'to-open' | 'open' | 'adopted' | 'withdrawn' | 'lapsed'

/** When the last window of a round is over: the second one, where its class has one. */
export function lastWindowEnds({ closesAt, submitted }: Round): number {
  return closesAt + (submitted.snapshot.rule.participation?.secondWindowDays ?? 0) * DAY_MS
}

/**
 * When a round lapses, or lapsed, if nothing moves: so many days after the last movement, and not before there was a day
 * to adopt it in.
 */
export function lapsesAt(round: Round): number {
  const { lapseDays } = round.submitted.snapshot
  return Math.max(Math.max(round.lastMovedAt, round.opensAt) + lapseDays * DAY_MS, lastWindowEnds(round) + DAY_MS)
}

/** How a round stands at a moment. */
export function roundStatus(round: Round, t: number): RoundStatus {
  if (round.decided) return round.decided.how
  if (t >= lapsesAt(round)) return 'lapsed'
  return t < round.opensAt ? 'to-open' : 'open'
}

/** The last moment at which something could change in a round, up to `t`: nothing does once it is decided or has lapsed. */
export function lastMoment(round: Round, t: number): number {
  return Math.min(t, round.decided?.at ?? lapsesAt(round))
}

/** The objections that count as open at a moment. */
export function openObjections(round: Round, t: number): readonly Objection[] {
  return [...round.objections.values()].filter((objection) => isOpenObjection(objection, t))
}

type Rounds = Map<string, Round>

function opened(rounds: Rounds, data: Submitted, at: number): void {
  rounds.set(data.proposalId, {
    submitted: data,
    opensAt: dateBounds(data.opensAt).earliest,
    eligible: new Set(data.eligibleIds),
    version: data.version,
    text: data.text,
    closesAt: dateBounds(data.closesAt).earliest,
    positions: new Map(),
    objections: new Map(),
    concernIds: [],
    questionIds: new Set(),
    lastMovedAt: at,
  })
}

function newVersion(round: Round, data: { version: number; closesAt: string }): void {
  round.version = data.version
  round.closesAt = dateBounds(data.closesAt).earliest
  delete round.timeUntil
}

function objectionOf(round: Round, { objectionId }: { objectionId: string }): Objection {
  const objection = round.objections.get(objectionId)
  if (!objection) throw new Error(`the book names an objection that nobody raised: ${objectionId}`)
  return objection
}

/**
 * What the events of a round do to it: the same fold for the rounds commands are decided against and for a round as it
 * was at any point.
 */
export function roundCases<State>(roundsOf: (state: State) => Rounds): readonly Case<State>[] {
  const moves = <T extends string, F extends EventFields>(
    event: EventDefinition<T, F>,
    does: (round: Round, data: Stored<F>, at: number) => void,
  ) =>
    on<State, T, F>(event, (state, data, { recordedAt }) => {
      const round = roundsOf(state).get((data as { proposalId?: string }).proposalId ?? '')
      if (!round) return
      const at = Date.parse(recordedAt)
      round.lastMovedAt = at
      does(round, data, at)
    })
  return [
    on(events.ProposalSubmitted, (state, data, { recordedAt }) =>
      opened(roundsOf(state), data, Date.parse(recordedAt)),
    ),
    on(MemberJoined, (state, { personId }, { recordedAt }) => {
      const at = Date.parse(recordedAt)
      for (const round of roundsOf(state).values()) if (at < round.opensAt) round.eligible.add(personId)
    }),
    moves(events.QuestionAsked, (round, data) => void round.questionIds.add(data.questionId)),
    moves(events.QuestionAnswered, () => undefined),
    // Whoever says that they will carry it moves it too.
    moves(ResponsibilityAccepted, () => undefined),
    moves(events.ConsentGiven, (round, data) => {
      round.positions.set(data.personId, { version: data.version, stance: 'consent' })
    }),
    moves(events.StoodAside, (round, data) => {
      round.positions.set(data.personId, { version: data.version, stance: 'aside' })
    }),
    moves(events.ProposalConsentRevoked, (round, data) => void round.positions.delete(data.personId)),
    moves(events.ConcernRaised, (round, data) => void round.concernIds.push(data.concernId)),
    moves(events.ObjectionRaised, (round, data, raisedAt) => {
      const { objectionId, personId: objectorId, version } = data
      round.objections.set(objectionId, {
        objectionId,
        objectorId,
        version,
        raisedAt,
        allowed: false,
        standsWith: new Set(),
      })
      round.positions.delete(objectorId)
    }),
    moves(events.TimeAskedFor, (round, data) => {
      round.closesAt = dateBounds(data.closesAt).earliest
      round.timeUntil = dateBounds(data.until).earliest
    }),
    moves(events.ObjectionTakenUp, (round, data) => {
      const objection = objectionOf(round, data)
      objection.standsWith.add(data.personId)
      delete objection.settingAside
    }),
    moves(events.SettingAsideAllowed, (round, data) => {
      objectionOf(round, data).allowed = true
    }),
    moves(events.SettingAsideProposed, (round, data) => {
      objectionOf(round, data).settingAside = { by: data.personId }
    }),
    moves(events.ObjectionSetAside, (round, data) => {
      const takesEffectAt = dateBounds(data.takesEffectAt).earliest
      objectionOf(round, data).settingAside = { by: data.proposedBy, takesEffectAt }
    }),
    moves(events.ObjectionReinstated, (round, data) => {
      const objection = objectionOf(round, data)
      objection.standsWith.add(data.personId)
      delete objection.settingAside
    }),
    moves(events.ObjectionIntegrated, (round, data, at) => {
      objectionOf(round, data).ended = { how: 'integrated', at, inVersion: data.inVersion }
    }),
    moves(events.ObjectionWithdrawn, (round, data, at) => {
      objectionOf(round, data).ended = { how: 'withdrawn', at }
    }),
    moves(events.ProposalAmended, (round, data) => {
      newVersion(round, data)
      round.text = data.text
    }),
    moves(events.TrialProposed, (round, data) => {
      newVersion(round, data)
      round.trialUntil = data.until
    }),
    moves(events.ProposalAdopted, (round, _, at) => {
      round.decided = { how: 'adopted', at }
    }),
    moves(events.ProposalWithdrawn, (round, _, at) => {
      round.decided = { how: 'withdrawn', at }
    }),
  ]
}
