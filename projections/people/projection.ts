import {
  HistoryClaimed,
  LeaveEnded,
  LeaveTaken,
  MemberJoined,
  MemberLeft,
  MembershipEnded,
} from '../../commands/community/events.ts'
import { type LeaveFact, leaveFold } from '../../commands/community/leave-facts.ts'
import {
  ImportWithdrawn,
  PeopleMerged,
  PersonalDataErased,
  PersonImported,
  RecordCorrected,
} from '../../commands/records/events.ts'
import type { Revision } from '../../src/kernel/book.ts'
import { FactLog } from '../../src/kernel/fact-log.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'
import type { SealedAt, SealedValue } from '../../src/kernel/sealed.ts'
import type { KnownPerson, PeopleView } from './view.ts'

// Of tens of thousands of persons in a record, few ever join: they share an empty list.
const NONE: readonly never[] = []

type Event = { readonly community: string; readonly id: string; readonly revision: Revision }

function spanFrom(knownFrom: Revision) {
  return { knownFrom, knownTo: Number.POSITIVE_INFINITY }
}

function sealedAt(event: Event, pointer: string, value: SealedValue): SealedAt {
  return { community: event.community, book: 'open', eventId: event.id, pointer, value }
}

/** From this event on one person is another. */
function becomes(view: PeopleView, oneId: string, otherId: string, { id, revision }: Event, eventId = id): void {
  const [one, other] = [view.people.get(oneId), view.people.get(otherId)]
  const span = { from: revision, to: Number.POSITIVE_INFINITY, eventId }
  if (one) one.claimedBy = [...one.claimedBy, { personId: otherId, ...span }]
  if (other) other.claims = [...other.claims, { personId: oneId, ...span }]
}

/** A merge that was none ends with the correction that says so; a later one may say that it was one after all. */
function setMerge(view: PeopleView, eventId: string, stands: boolean, event: Event): void {
  for (const person of [...view.people.values()]) {
    const last = person.claimedBy.findLast((claim) => claim.eventId === eventId)
    if (!last) continue
    const isOpen = last.to === Number.POSITIVE_INFINITY
    if (stands && !isOpen) becomes(view, person.id, last.personId, event, eventId)
    if (stands || !isOpen) continue
    last.to = event.revision
    for (const claim of view.people.get(last.personId)?.claims ?? [])
      if (claim.eventId === eventId && claim.to === Number.POSITIVE_INFINITY) claim.to = event.revision
  }
}

function moment({ revision, recordedAt }: { revision: Revision; recordedAt: string }) {
  return { revision, at: Date.parse(recordedAt) }
}

function left(view: PeopleView, { personId }: { personId: string }, event: { revision: Revision; recordedAt: string }) {
  const membership = view.people.get(personId)?.memberships.at(-1)
  if (membership) membership.left = moment(event)
}

export const peopleProjection = defineProjection<PeopleView>({
  name: 'people',
  version: 3,
  summary:
    'Who is known here, by which names, since when; who joined, left, is on leave, and whose history they claimed.',
  initial: () => ({
    people: new Map(),
    byKey: new Map(),
    byEvent: new Map(),
    leaves: new FactLog<LeaveFact>(leaveFold),
    leavesOf: new Map(),
  }),
  cases: [
    on(PersonImported, (view, data, event) => {
      view.people.set(data.personId, {
        id: data.personId,
        spans: [spanFrom(event.revision)],
        names: [{ knownFrom: event.revision, name: sealedAt(event, '/name', data.name) }],
        handle: sealedAt(event, '/sourceId', data.sourceId),
        memberships: NONE,
        claims: NONE,
        claimedBy: NONE,
      })
      view.byKey.set(data.personKey, [...(view.byKey.get(data.personKey) ?? []), data.personId])
      view.byEvent.set(event.id, data.personId)
    }),
    on(MemberJoined, (view, data, event) => {
      const name = { knownFrom: event.revision, name: sealedAt(event, '/displayName', data.displayName) }
      const known = view.people.get(data.personId)
      const unclaimed = { memberships: NONE, claims: NONE, claimedBy: NONE }
      const person: KnownPerson = known ?? { id: data.personId, spans: [], names: [], ...unclaimed }
      view.people.set(data.personId, person)
      person.names.push(name)
      person.memberships = [...person.memberships, { joined: moment(event) }]
      if (person.spans.at(-1)?.knownTo !== Number.POSITIVE_INFINITY) person.spans.push(spanFrom(event.revision))
    }),
    on(MemberLeft, left),
    on(MembershipEnded, left),
    on(LeaveTaken, (view, data, event) => {
      const own = view.leavesOf.get(data.personId) ?? new Set()
      view.leavesOf.set(data.personId, own.add(data.leaveId))
      view.leaves.add(data.leaveId, event)
    }),
    on(LeaveEnded, (view, data, event) => void view.leaves.add(data.leaveId, event)),
    on(HistoryClaimed, (view, data, event) => becomes(view, data.knownPersonId, data.personId, event)),
    on(PeopleMerged, (view, data, event) => becomes(view, data.merge, data.keep, event)),
    on(RecordCorrected, (view, data, event) => {
      if (data.targetType === PeopleMerged.type) setMerge(view, data.targetEventId, data.replacement !== null, event)
      const person = view.people.get(view.byEvent.get(data.targetEventId) ?? '')
      const name = data.replacement?.name
      if (person && name)
        person.names.push({
          knownFrom: event.revision,
          name: sealedAt(event, '/replacement/name', name as SealedValue),
        })
    }),
    on(ImportWithdrawn, (view, data, event) => {
      for (const { id } of data.personEvents) {
        const person = view.people.get(id)
        const span = person?.spans.at(-1)
        if (span && person?.memberships.length === 0) span.knownTo = event.revision
      }
    }),
    on(PersonalDataErased, (view, data, event) => {
      const person = view.people.get(data.personId)
      if (person) person.erasedAt = event.revision
    }),
  ],
})
