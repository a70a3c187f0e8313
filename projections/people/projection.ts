import { MemberJoined } from '../../commands/community/events.ts'
import { ImportWithdrawn, PersonalDataErased, PersonImported, RecordCorrected } from '../../commands/records/events.ts'
import type { Revision } from '../../src/kernel/book.ts'
import { isKnownAt } from '../../src/kernel/fact-log.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'
import type { SealedAt, SealedValue } from '../../src/kernel/sealed.ts'

/** A name from the revision that brought it. */
export interface KnownName {
  readonly knownFrom: Revision
  readonly name: SealedAt
}

export interface KnownPerson {
  readonly id: string
  /** From the revision that brought them until the import that did no longer counted; again where they came back. */
  readonly spans: { readonly knownFrom: Revision; knownTo: Revision }[]
  readonly names: KnownName[]
  /** Their id in the source, for imported persons. */
  readonly handle?: SealedAt
  joinedAt?: Revision
  erasedAt?: Revision
}

export interface PeopleView {
  readonly people: Map<string, KnownPerson>
  /** Person ids by the fingerprint of their id in the source; several where an import was withdrawn and made again. */
  readonly byKey: Map<string, string[]>
  /** Person ids by the event that imported them. */
  readonly byEvent: Map<string, string>
}

type Event = { readonly community: string; readonly id: string; readonly revision: Revision }

function spanFrom(knownFrom: Revision) {
  return { knownFrom, knownTo: Number.POSITIVE_INFINITY }
}

/** Whether the person was known at a revision. */
export function wasKnown(person: KnownPerson, revision: Revision): boolean {
  return person.spans.some((span) => isKnownAt(span, revision))
}

function sealedAt(event: Event, pointer: string, value: SealedValue): SealedAt {
  return { community: event.community, book: 'open', eventId: event.id, pointer, value }
}

export const peopleProjection = defineProjection<PeopleView>({
  name: 'people',
  version: 1,
  summary: 'Who is known here, by which names, since when, and who joined.',
  initial: () => ({ people: new Map(), byKey: new Map(), byEvent: new Map() }),
  cases: [
    on(PersonImported, (view, data, event) => {
      view.people.set(data.personId, {
        id: data.personId,
        spans: [spanFrom(event.revision)],
        names: [{ knownFrom: event.revision, name: sealedAt(event, '/name', data.name) }],
        handle: sealedAt(event, '/sourceId', data.sourceId),
      })
      view.byKey.set(data.personKey, [...(view.byKey.get(data.personKey) ?? []), data.personId])
      view.byEvent.set(event.id, data.personId)
    }),
    on(MemberJoined, (view, data, event) => {
      const name = { knownFrom: event.revision, name: sealedAt(event, '/displayName', data.displayName) }
      const known = view.people.get(data.personId)
      if (known) {
        known.names.push(name)
        known.joinedAt = event.revision
        if (known.spans.at(-1)?.knownTo !== Number.POSITIVE_INFINITY) known.spans.push(spanFrom(event.revision))
        return
      }
      const person = { id: data.personId, spans: [spanFrom(event.revision)], names: [name] }
      view.people.set(data.personId, { ...person, joinedAt: event.revision })
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
        if (span && person?.joinedAt === undefined) span.knownTo = event.revision
      }
    }),
    on(PersonalDataErased, (view, data, event) => {
      const person = view.people.get(data.personId)
      if (person) person.erasedAt = event.revision
    }),
  ],
})
