import { z } from 'zod'
import type { Revision } from '../../src/kernel/book.ts'
import { classed } from '../../src/kernel/data-class.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { type FactVersion, isKnownAt } from '../../src/kernel/fact-log.ts'
import type { HoldingAnswer } from '../roster/holding-answers.ts'
import type { RosterViews } from '../roster/selecting.ts'
import type { BearingEvent } from './bearing.ts'
import { type Difference, difference } from './differing.ts'

/** An event that explains a difference, and how it does. */
const reason = classed(
  1,
  z.object({
    eventId: z.string(),
    revision: z.int(),
    type: z.string(),
    how: z.enum(['recorded', 'date']).meta({
      description:
        'recorded: it was recorded between the two points; date: both knew it, and a date it says lies between them',
    }),
  }),
)
type Reason = z.output<typeof reason>

export const explained = difference.extend({
  because: z.array(reason).meta({ description: 'The events that explain the difference, in order' }),
})
export type Explained = z.output<typeof explained>

/** Names the events that explain differences between two points. */
export class Explaining {
  readonly #views: RosterViews
  readonly #byRevision = new Map<Revision, BearingEvent>()
  readonly #byId = new Map<string, BearingEvent>()

  constructor(views: RosterViews, events: readonly BearingEvent[]) {
    this.#views = views
    for (const each of events) {
      this.#byRevision.set(each.event.revision, each)
      this.#byId.set(each.event.id, each)
    }
  }

  explain(differences: readonly Difference[], first: Point, second: Point): Explained[] {
    return differences.map((each) => ({ ...each, because: this.#reasons(each, first, second) }))
  }

  #reasons(each: Difference, first: Point, second: Point): Reason[] {
    const found = new Map<Revision, Reason>()
    const put = (event: BearingEvent | undefined, how: Reason['how']) => {
      if (!event || found.has(event.event.revision)) return
      const { id: eventId, revision, type } = event.event
      found.set(revision, { eventId, revision, type, how })
    }
    const after = Math.min(first.revision, second.revision)
    const upTo = Math.max(first.revision, second.revision)
    const isBetween = (revision: Revision) => after < revision && revision <= upTo
    for (const revision of this.#changesOf(each))
      if (isBetween(revision)) put(this.#byRevision.get(revision), 'recorded')
    for (const event of this.#remarksOn(each)) if (isBetween(event.event.revision)) put(event, 'recorded')
    if (first.asOf !== second.asOf)
      for (const id of this.#statedBy(each, [first, second]))
        if (!isBetween(this.#byId.get(id)?.event.revision ?? -1)) put(this.#byId.get(id), 'date')
    return [...found.values()].sort((a, b) => a.revision - b.revision)
  }

  /** Revisions at which the holding, or a name in what is told of it, came to be told otherwise. */
  *#changesOf({ holdingId, before, after }: Difference): Generator<Revision> {
    const { roster, roles, circles } = this.#views
    yield* changesIn(roster.holdings.facts.versions(holdingId))
    const told = [before, after].filter((side) => side !== null)
    if (before === null || after === null) return
    if (differ(told, ({ role }) => role)) yield* changesIn(roles.facts.versions(before.role.id))
    if (differ(told, ({ circle }) => circle)) yield* changesIn(circles.facts.versions(before.circle.id))
    if (differ(told, ({ person, onBehalfOf }) => [person, onBehalfOf]))
      for (const { person, onBehalfOf } of told) {
        yield* this.#namings(person.id)
        if (onBehalfOf) yield* this.#namings(onBehalfOf.id)
      }
  }

  /** Revisions at which a person, or whoever they came to be, got a name. */
  *#namings(id: string): Generator<Revision> {
    const { people } = this.#views
    // Whoever they ever came to be, or who ever came to be them, also where that was taken back since.
    const ids = new Set([id])
    for (const each of ids) {
      const known = people.people.get(each)
      for (const { knownFrom } of known?.names ?? []) yield knownFrom
      for (const { from, to, personId } of [...(known?.claims ?? []), ...(known?.claimedBy ?? [])]) {
        ids.add(personId)
        yield from
        yield to
      }
    }
  }

  /** What was said of the events a holding rests on: disputes, attestations. */
  *#remarksOn({ before, after }: Difference): Generator<BearingEvent> {
    const evidence = new Set([...(before?.evidence ?? []), ...(after?.evidence ?? [])])
    for (const id of evidence)
      for (const remark of this.#views.records.remarks.get(id) ?? []) {
        const event = this.#byRevision.get(remark.revision)
        if (event) yield event
      }
  }

  /** The events that state the dates of what is told at either point. */
  *#statedBy({ holdingId, before, after }: Difference, points: readonly Point[]): Generator<string> {
    const { roster, roles, circles } = this.#views
    const told = [before, after].filter((side) => side !== null)
    for (const { revision } of points) {
      yield* statedAt(roster.holdings.facts.versions(holdingId), revision)
      if (before === null || after === null) continue
      if (differ(told, ({ role }) => role)) yield* statedAt(roles.facts.versions(before.role.id), revision)
      if (differ(told, ({ circle }) => circle)) yield* statedAt(circles.facts.versions(before.circle.id), revision)
    }
  }
}

function* changesIn(versions: readonly { knownFrom: Revision; knownTo: Revision }[]): Generator<Revision> {
  for (const { knownFrom, knownTo } of versions) {
    yield knownFrom
    yield knownTo
  }
}

function* statedAt(versions: readonly FactVersion<unknown>[], revision: Revision): Generator<string> {
  for (const version of versions) if (isKnownAt(version, revision)) yield* version.evidence
}

function differ(told: readonly HoldingAnswer[], part: (holding: HoldingAnswer) => unknown): boolean {
  return new Set(told.map((holding) => JSON.stringify(part(holding)))).size > 1
}
