import type { LeaveFact } from '../../commands/community/leave-facts.ts'
import type { Revision } from '../../src/kernel/book.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { type FactLog, type FactVersion, isKnownAt } from '../../src/kernel/fact-log.ts'
import type { SealedAt } from '../../src/kernel/sealed.ts'

/** A name from the revision that brought it. */
export interface KnownName {
  readonly knownFrom: Revision
  readonly name: SealedAt
}

/** An act of a moment, on both axes; `at` in ms. */
export interface ActedAt {
  readonly revision: Revision
  readonly at: number
}

/** One time of being a member: whoever joins again after leaving begins another. */
export interface Membership {
  readonly joined: ActedAt
  left?: ActedAt
}

/**
 * That two persons of the record are one: from the revision on that says so, because one claimed the other's history or
 * the record was found to have somebody twice, until one that says it was not so.
 */
export interface Claim {
  readonly personId: string
  readonly from: Revision
  to: Revision
  /** The event that says so. */
  readonly eventId: string
}

export interface KnownPerson {
  readonly id: string
  /** From the revision that brought them until the import that did no longer counted; again where they came back. */
  readonly spans: { readonly knownFrom: Revision; knownTo: Revision }[]
  readonly names: KnownName[]
  /** Their id in the source, for imported persons. */
  readonly handle?: SealedAt
  memberships: readonly Membership[]
  /** Known persons whose history is theirs, as they claimed or as the record was put together. */
  claims: readonly Claim[]
  /** Whoever they came to be: the member who claimed their history, the person they were merged with. */
  claimedBy: readonly Claim[]
  erasedAt?: Revision
}

export interface PeopleView {
  readonly people: Map<string, KnownPerson>
  /** Person ids by the fingerprint of their id in the source; several where an import was withdrawn and made again. */
  readonly byKey: Map<string, string[]>
  /** Person ids by the event that imported them. */
  readonly byEvent: Map<string, string>
  readonly leaves: FactLog<LeaveFact>
  readonly leavesOf: Map<string, Set<string>>
}

/** Whether the person was known at a revision. */
export function wasKnown(person: KnownPerson, revision: Revision): boolean {
  return person.spans.some((span) => isKnownAt(span, revision))
}

/** Whether they were known and nobody had claimed their history: whoever claimed it is who they are from then on. */
export function wasSomebody(person: KnownPerson, revision: Revision): boolean {
  return wasKnown(person, revision) && claimAt(person.claimedBy, revision) === undefined
}

/** The id a person goes by at a revision: that of whoever they came to be by then, else their own. */
export function personIdAt(view: Pick<PeopleView, 'people'>, personId: string, revision: Revision): string {
  const claim = claimAt(view.people.get(personId)?.claimedBy ?? [], revision)
  // Nobody comes to be themself again: a merge is refused for whoever is somebody else already.
  return claim ? personIdAt(view, claim.personId, revision) : personId
}

/** The ids under which the record knows a person: their own first, then those of everybody who came to be them. */
export function personIdsOf({ people }: PeopleView, { id }: KnownPerson, revision: Revision): ReadonlySet<string> {
  const ids = new Set([id])
  // A set gives what is added while it is walked through.
  for (const each of ids)
    for (const claim of people.get(each)?.claims ?? []) if (isStanding(claim, revision)) ids.add(claim.personId)
  return ids
}

function claimAt(claims: readonly Claim[], revision: Revision): Claim | undefined {
  return claims.find((claim) => isStanding(claim, revision))
}

/** Whether the record said at a revision that the two are one. */
export function isStanding({ from, to }: Claim, revision: Revision): boolean {
  return from <= revision && revision < to
}

function by(act: ActedAt | undefined, { asOf, revision }: Point): boolean {
  return act !== undefined && act.revision <= revision && act.at <= asOf
}

/** The last time of being a member that had begun, and the end it had by then. */
export function membershipAt({ memberships }: KnownPerson, point: Point): Membership | undefined {
  const last = memberships.findLast(({ joined }) => by(joined, point))
  return last && (by(last.left, point) ? last : { joined: last.joined })
}

/** Whether somebody had joined and not left. */
export function wasMember(person: KnownPerson, point: Point): boolean {
  const membership = membershipAt(person, point)
  return membership !== undefined && membership.left === undefined
}

/** The leave a member is on at a moment. */
export function leaveAt(
  view: PeopleView,
  personId: string,
  { asOf, revision }: Point,
): FactVersion<LeaveFact> | undefined {
  for (const id of view.leavesOf.get(personId) ?? [])
    for (const leave of view.leaves.versions(id))
      if (isKnownAt(leave, revision) && leave.from.earliest <= asOf && asOf < leave.to.latest) return leave
  return undefined
}
