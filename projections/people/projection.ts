import {
  HistoryClaimed,
  LeaveEnded,
  LeaveTaken,
  MemberJoined,
  MemberLeft,
  MembershipEnded,
} from '../../commands/community/events.ts'
import { type LeaveFact, leaveFold } from '../../commands/community/leave-facts.ts'
import { ImportWithdrawn, PersonalDataErased, PersonImported, RecordCorrected } from '../../commands/records/events.ts'
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

function moment({ revision, recordedAt }: { revision: Revision; recordedAt: string }) {
  return { revision, at: Date.parse(recordedAt) }
}

function left(view: PeopleView, { personId }: { personId: string }, event: { revision: Revision; recordedAt: string }) {
  const membership = view.people.get(personId)?.memberships.at(-1)
  if (membership) membership.left = moment(event)
}

export const peopleProjection = defineProjection<PeopleView>({
  name: 'people',
  version: 2,
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
      })
      view.byKey.set(data.personKey, [...(view.byKey.get(data.personKey) ?? []), data.personId])
      view.byEvent.set(event.id, data.personId)
    }),
    on(MemberJoined, (view, data, event) => {
      const name = { knownFrom: event.revision, name: sealedAt(event, '/displayName', data.displayName) }
      const known = view.people.get(data.personId)
      const person: KnownPerson = known ?? { id: data.personId, spans: [], names: [], memberships: NONE, claims: NONE }
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
    on(HistoryClaimed, (view, data, { revision }) => {
      const known = view.people.get(data.knownPersonId)
      if (known) known.claimedBy = { personId: data.personId, from: revision }
      const member = view.people.get(data.personId)
      if (member) member.claims = [...member.claims, { personId: data.knownPersonId, from: revision }]
    }),
    on(RecordCorrected, (view, data, event) => {
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
