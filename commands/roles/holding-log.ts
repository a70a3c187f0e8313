import type { Stored } from '../../src/kernel/define-event.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { FactLog, type FactVersion } from '../../src/kernel/fact-log.ts'
import { type Case, on } from '../../src/kernel/folds.ts'
import { FORK } from '../../src/kernel/fork.ts'
import { LeaveEnded, LeaveTaken } from '../community/events.ts'
import { HoldingImported, HoldingReimported, ImportWithdrawn, RecordCorrected } from '../records/events.ts'
import { HoldingNoted, NotAgreedSaid, NoteWitnessed } from '../scribe/events.ts'
import {
  RoleAccepted,
  RoleHandedOver,
  RoleRelinquished,
  RoleTermEnded,
  RoleTermRenewed,
  StandInAccepted,
  StandInEnded,
  SteppedIn,
  UnderstudyAccepted,
  UnderstudyEnded,
} from './holding-events.ts'
import { type HoldingFact, holdingFold } from './holding-facts.ts'
import { RoleRecalled } from './mandate-events.ts'

export type HoldingVersion = FactVersion<HoldingFact>

type Correction = Pick<
  Stored<(typeof RecordCorrected)['fields']>,
  'targetEventId' | 'targetType' | 'replacement' | 'replacementEffectiveAt'
>

/**
 * Every holding on two time axes, imported or accepted here. It knows which events bear on which holding: a member's
 * leave on each they hold and on whoever acts for them, a take-over on the one it ends.
 */
export class HoldingLog {
  readonly facts: FactLog<HoldingFact>
  /** Holdings accepted here, by the person whose leave bears on them. */
  readonly #ofPerson = new Map<string, Set<string>>()
  readonly #leaves = new Map<string, RecordedEvent[]>()
  /** Events of holdings accepted here; who begins to act for one is told of them. */
  readonly #events = new Map<string, RecordedEvent[]>()
  readonly #actingFor = new Map<string, string[]>()
  readonly #giverOf = new Map<string, string>()
  readonly #byImport = new Map<string, string[]>()

  constructor(facts = new FactLog<HoldingFact>(holdingFold)) {
    this.facts = facts
  }

  /** A log that goes on by itself. */
  [FORK](): HoldingLog {
    const copy = new HoldingLog(this.facts[FORK]())
    for (const [personId, ids] of this.#ofPerson) copy.#ofPerson.set(personId, new Set(ids))
    for (const [personId, events] of this.#leaves) copy.#leaves.set(personId, events)
    for (const [holdingId, events] of this.#events) copy.#events.set(holdingId, [...events])
    for (const [holdingId, ids] of this.#actingFor) copy.#actingFor.set(holdingId, ids)
    for (const [holdingId, giver] of this.#giverOf) copy.#giverOf.set(holdingId, giver)
    for (const [importId, ids] of this.#byImport) copy.#byImport.set(importId, [...ids])
    return copy
  }

  add(holdingId: string, event: RecordedEvent): readonly HoldingVersion[] {
    const giver = this.#giverOf.get(holdingId)
    return [holdingId, ...(this.#actingFor.get(holdingId) ?? []), ...(giver === undefined ? [] : [giver])].flatMap(
      (id) => this.#note(id, event),
    )
  }

  /** Begins acting for a holding: whatever bears on that one bears on this one from here on, and did before. */
  beginActing(data: { holdingId: string; forHoldingId: string }, event: RecordedEvent): readonly HoldingVersion[] {
    const { holdingId, forHoldingId } = data
    for (const before of this.#events.get(forHoldingId) ?? []) this.facts.add(holdingId, before)
    this.#actingFor.set(forHoldingId, [...(this.#actingFor.get(forHoldingId) ?? []), holdingId])
    return this.#note(holdingId, event)
  }

  /** Notes that a holding began by taking another over: where it is given up before the day, the giver goes on. */
  tookOver(holdingId: string, fromHoldingId: string): void {
    this.#giverOf.set(holdingId, fromHoldingId)
  }

  #note(holdingId: string, event: RecordedEvent): readonly HoldingVersion[] {
    const events = this.#events.get(holdingId)
    if (events) events.push(event)
    else this.#events.set(holdingId, [event])
    return this.facts.add(holdingId, event)
  }

  addImported(data: { holdingId: string; importId: string }, event: RecordedEvent): readonly HoldingVersion[] {
    const events = this.#byImport.get(data.importId)
    if (events) events.push(event.id)
    else this.#byImport.set(data.importId, [event.id])
    return this.facts.add(data.holdingId, event)
  }

  /** Begins a holding whose clock, or whose right to go on, hangs on a person's leave. */
  begin(holdingId: string, leaveOf: string, event: RecordedEvent): readonly HoldingVersion[] {
    const own = this.#ofPerson.get(leaveOf) ?? new Set()
    this.#ofPerson.set(leaveOf, own.add(holdingId))
    // Leave alone says nothing of a holding: what it says is known from the revision of the event that begins it.
    for (const leave of this.#leaves.get(leaveOf) ?? []) this.#note(holdingId, leave)
    return this.#note(holdingId, event)
  }

  leave(personId: string, event: RecordedEvent): readonly HoldingVersion[] {
    this.#leaves.set(personId, [...(this.#leaves.get(personId) ?? []), event])
    return [...(this.#ofPerson.get(personId) ?? [])].flatMap((holdingId) => this.add(holdingId, event))
  }

  /** Lets an event read with other data, in every holding it bears on, and for whoever begins to act for one later. */
  correct(
    { targetEventId, targetType, replacement, replacementEffectiveAt }: Correction,
    event: RecordedEvent,
  ): readonly HoldingVersion[] {
    const isOfHere = targetType === RoleAccepted.type || targetType === RoleHandedOver.type
    for (const [holdingId, events] of isOfHere ? this.#events : []) {
      const at = events.findIndex(({ id }) => id === targetEventId)
      const before = events[at]
      if (!before) continue
      const effectiveAt = replacementEffectiveAt ?? before.effectiveAt
      this.#events.set(holdingId, events.with(at, { ...before, data: replacement, effectiveAt }))
    }
    return this.facts.replace(targetEventId, replacement, replacementEffectiveAt, event)
  }

  withdrawImport(importId: string, event: RecordedEvent): readonly HoldingVersion[] {
    return (this.#byImport.get(importId) ?? []).flatMap((id) => this.facts.replace(id, null, undefined, event))
  }
}

/** The cases of any fold that keeps a log of holdings; `placed` is told of the fact versions each event opened. */
export function holdingCases<S>(
  log: (state: S) => HoldingLog,
  placed: (state: S, versions: readonly HoldingVersion[]) => void,
): readonly Case<S>[] {
  const adds = (state: S, data: { holdingId: string }, event: RecordedEvent) =>
    placed(state, log(state).add(data.holdingId, event))
  const imports = (state: S, data: { holdingId: string; importId: string }, event: RecordedEvent) =>
    placed(state, log(state).addImported(data, event))
  const ends = (state: S, holdingId: string | undefined, event: RecordedEvent) => {
    if (holdingId !== undefined) placed(state, log(state).add(holdingId, event))
  }
  return [
    on(HoldingImported, imports),
    on(HoldingReimported, imports),
    on(RoleAccepted, (state, data, event) => {
      placed(state, log(state).begin(data.holdingId, data.personId, event))
      ends(state, data.takesOver, event)
      ends(state, data.endsUnderstudy, event)
    }),
    on(RoleHandedOver, (state, data, event) => {
      placed(state, log(state).begin(data.holdingId, data.personId, event))
      log(state).tookOver(data.holdingId, data.fromHoldingId)
      ends(state, data.fromHoldingId, event)
      ends(state, data.endsUnderstudy, event)
    }),
    on(RoleTermRenewed, adds),
    on(RoleRelinquished, adds),
    on(RoleTermEnded, adds),
    on(RoleRecalled, adds),
    on(UnderstudyAccepted, adds),
    on(UnderstudyEnded, adds),
    on(StandInAccepted, (state, data, event) => placed(state, log(state).beginActing(data, event))),
    on(SteppedIn, (state, data, event) => placed(state, log(state).beginActing(data, event))),
    on(StandInEnded, adds),
    on(LeaveTaken, (state, data, event) => placed(state, log(state).leave(data.personId, event))),
    on(LeaveEnded, (state, data, event) => placed(state, log(state).leave(data.personId, event))),
    on(RecordCorrected, (state, data, event) => placed(state, log(state).correct(data, event))),
    on(ImportWithdrawn, (state, data, event) => placed(state, log(state).withdrawImport(data.importId, event))),
  ]
}

/**
 * The cases of a fold that also tells what scribes noted. Commands are not decided against such a fold: what is noted
 * fills no seat, gives no right and binds nobody.
 */
export function notedCases<S>(
  log: (state: S) => HoldingLog,
  placed: (state: S, versions: readonly HoldingVersion[]) => void,
): readonly Case<S>[] {
  const adds = (state: S, data: { holdingId?: string | undefined }, event: RecordedEvent) => {
    if (data.holdingId !== undefined) placed(state, log(state).facts.add(data.holdingId, event))
  }
  return [on(HoldingNoted, adds), on(NoteWitnessed, adds), on(NotAgreedSaid, adds)]
}
