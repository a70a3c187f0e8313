import type { Revision } from '../../src/kernel/book.ts'
import type { AskContext } from '../../src/kernel/define-question.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { personIdAt, personIdsOf } from '../people/view.ts'
import { candidates, isSelected } from '../roster/roster-on.ts'
import type { HoldingVersion } from '../roster/roster-view.ts'
import type { RosterViews } from '../roster/selecting.ts'
import { isEverything, type Scope, selectionAt } from './scope.ts'

/** What an answer about a scope can rest on. */
export interface Bearing {
  readonly everything: boolean
  /** Every version of every holding of the scope, and of those somebody acts for in it. */
  readonly versions: readonly HoldingVersion[]
  readonly holdingIds: ReadonlySet<string>
  readonly personIds: ReadonlySet<string>
  readonly roleIds: ReadonlySet<string>
  readonly circleIds: ReadonlySet<string>
  readonly eventIds: ReadonlySet<string>
  /** Revisions at which something of it came to be known or no longer stood. */
  readonly revisions: ReadonlySet<Revision>
}

/** An event with what it is about, as it stands in the list of those that bear on a scope. */
export interface BearingEvent {
  readonly event: RecordedEvent
  readonly touches: readonly string[]
}

type Span = { readonly knownFrom: Revision; readonly knownTo: Revision }

/** Finds everything an answer about the scope can rest on, at whatever point up to a revision it is asked. */
export function bearingOf(views: RosterViews, scope: Scope, revision: Revision): Bearing {
  const versions = versionsOf(views, scope, revision)
  const personIds = new Set<string>()
  for (const id of [...(scope.personIds ?? []), ...versions.flatMap(peopleOf)]) {
    const person = views.people.people.get(personIdAt(views.people, id, revision))
    for (const each of person ? personIdsOf(views.people, person, revision) : [id]) personIds.add(each)
  }
  const roleIds = new Set([...(scope.roleIds ?? []), ...versions.map(({ fact }) => fact.roleId)])
  const circleIds = new Set([
    ...(scope.circleIds ?? []),
    ...versions.map(({ fact }) => fact.circleId),
    ...[...roleIds].flatMap((id) => views.roles.circleOf.get(id) ?? []),
  ])
  const spans: readonly Span[] = [
    ...versions,
    ...[...roleIds].flatMap((id) => views.roles.facts.versions(id)),
    ...[...circleIds].flatMap((id) => views.circles.facts.versions(id)),
    ...[...personIds].flatMap((id) => views.people.people.get(id)?.spans ?? []),
  ]
  return {
    everything: isEverything(scope),
    versions,
    holdingIds: new Set(versions.map(({ fact }) => fact.holdingId)),
    personIds,
    roleIds,
    circleIds,
    eventIds: new Set(versions.flatMap(({ evidence }) => evidence)),
    revisions: new Set(spans.flatMap(({ knownFrom, knownTo }) => [knownFrom, knownTo])),
  }
}

/** The events that bear on a scope, in order: with these alone, and no other of the book, answers about it are the same. */
export async function bearingEvents(bearing: Bearing, context: AskContext): Promise<readonly BearingEvent[]> {
  const found: BearingEvent[] = []
  const ids = new Set<string>()
  for await (const event of context.events(0, [], context.revision)) {
    const touches = context.touches(event)
    if (!bearing.everything && !bears(bearing, event, touches, ids)) continue
    ids.add(event.id)
    found.push({ event, touches })
  }
  return found
}

function bears(
  bearing: Bearing,
  event: RecordedEvent,
  touches: readonly string[],
  found: ReadonlySet<string>,
): boolean {
  // The first record says which community it is.
  if (event.revision === 0 || bearing.eventIds.has(event.id) || bearing.revisions.has(event.revision)) return true
  const named = (kind: string) =>
    touches.flatMap((touch) => (touch.startsWith(`${kind}:`) ? [touch.slice(kind.length + 1)] : []))
  // What is said of an event stands and falls with it; else the closest thing an event is about decides.
  for (const [kind, ids] of [
    ['event', found],
    ['holding', bearing.holdingIds],
    ['role', bearing.roleIds],
    ['circle', bearing.circleIds],
    ['member', bearing.personIds],
  ] as const) {
    const about = named(kind)
    if (about.length > 0) return about.some((id) => ids.has(id))
  }
  return false
}

function versionsOf(views: RosterViews, scope: Scope, revision: Revision): readonly HoldingVersion[] {
  const selection = selectionAt(views, scope, revision)
  const isKnown = ({ knownFrom }: Span) => knownFrom <= revision
  const own = candidates(views.roster, selection).filter((each) => isKnown(each) && isSelected(each, selection))
  const ids = new Set(own.map(({ fact }) => fact.holdingId))
  // Whoever acts does so for as long as there is somebody to act for.
  for (const { fact } of own) if (fact.onBehalfOf) ids.add(fact.onBehalfOf.holdingId)
  return [...ids].flatMap((id) => views.roster.holdings.facts.versions(id).filter(isKnown))
}

function peopleOf({ fact }: HoldingVersion): readonly string[] {
  return fact.onBehalfOf ? [fact.personId, fact.onBehalfOf.personId] : [fact.personId]
}
