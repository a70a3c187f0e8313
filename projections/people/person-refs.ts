import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import type { AskContext } from '../../src/kernel/define-question.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { line } from '../../src/kernel/text.ts'
import { type KnownPerson, type PeopleView, personIdAt, personIdsOf, wasKnown } from './view.ts'

/** A person as answers name them. Names repeat; the id does not. An erased person keeps theirs and loses the rest. */
export const personRef = classed(
  1,
  z.object({
    id: z.string(),
    name: z.string().nullable(),
    handle: z.string().nullable(),
    erased: z.boolean().optional(),
  }),
)
export type PersonRef = z.output<typeof personRef>

/** How a question names a person. */
export const personParam = () =>
  line().meta({
    description:
      "A person: their id here, their id in the record they came from, or their name where it is one person's only",
    examples: ['liggitt'],
  })

/**
 * The person as they are named in an answer, with the newest name the record had at the point asked about; a known person
 * whose history a member has claimed by then is that member.
 */
export function refOf(view: PeopleView, personId: string, context: AskContext): PersonRef {
  const person = view.people.get(personId)
  if (!person || person.erasedAt !== undefined) return { id: personId, name: null, handle: null, erased: true }
  const memberId = personIdAt(view, personId, context.revision)
  if (memberId !== personId) return refOf(view, memberId, context)
  const named = person.names.findLast((name) => name.knownFrom <= context.revision) ?? person.names[0]
  const handle = person.handle ?? claimedHandle(view, person, context)
  return {
    id: personId,
    name: (named && context.open(named.name)) ?? null,
    handle: (handle && context.open(handle)) ?? null,
  }
}

function claimedHandle(view: PeopleView, person: KnownPerson, { revision }: AskContext) {
  for (const id of personIdsOf(view, person, revision)) {
    const known = view.people.get(id)
    if (known?.handle && known.erasedAt === undefined) return known.handle
  }
  return undefined
}

/** The person, or the member who had claimed their history by then. */
function resolved(view: PeopleView, person: KnownPerson, { revision }: AskContext): KnownPerson {
  return view.people.get(personIdAt(view, person.id, revision)) ?? person
}

/** Finds the person a question names. A handle is found by its fingerprint, so nothing is opened; an erased person only by id. */
export function findPerson(
  view: PeopleView,
  ref: string,
  context: AskContext,
  pointer = '/person',
): KnownPerson | Refusal {
  const { revision } = context
  const byId = view.people.get(ref)
  if (byId?.spans.some(({ knownFrom }) => knownFrom <= revision)) return resolved(view, byId, context)
  for (const id of view.byKey.get(context.fingerprint('person', ref)) ?? []) {
    const person = view.people.get(id)
    if (person && wasKnown(person, revision) && person.erasedAt === undefined) return resolved(view, person, context)
  }
  const named = peopleNamed(view, ref, context)
  const [only] = named
  if (only && named.length === 1) return only
  return refuse('UNKNOWN_REFERENCE', {
    pointer,
    facts: { value: ref, candidates: named.map(({ id }) => refOf(view, id, context)) },
    message: only
      ? `${named.length} people are called "${ref}": name one by id.`
      : `Nobody called "${ref}" is known here.`,
  })
}

/**
 * Everybody who was known by this name at the point asked about; where nobody was called exactly so, those whose names
 * differ in upper and lower case only, else those of whose names it is one part: "sam" of "Sam Kim".
 */
export function peopleNamed(view: PeopleView, name: string, context: AskContext): readonly KnownPerson[] {
  const lower = name.toLocaleLowerCase('en')
  const called = (same: (known: string) => boolean) =>
    [...view.people.values()].filter(
      (person) =>
        wasKnown(person, context.revision) &&
        person.erasedAt === undefined &&
        person.names.some((known) => known.knownFrom <= context.revision && same(context.open(known.name) ?? '')),
    )
  const exactly = called((known) => known === name)
  const inSmall = exactly.length > 0 ? exactly : called((known) => known.toLocaleLowerCase('en') === lower)
  const found =
    inSmall.length > 0 ? inSmall : called((known) => known.toLocaleLowerCase('en').split(/\s+/).includes(lower))
  return [...new Set(found.map((person) => resolved(view, person, context)))]
}
