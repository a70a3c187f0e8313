import { z } from 'zod'
import type { CircleFact } from '../../commands/circles/facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { type FactVersion, isKnownAt } from '../../src/kernel/fact-log.ts'
import { certaintyAt } from '../../src/kernel/intervals.ts'
import { type Refusal, unknownReference } from '../../src/kernel/refusal.ts'
import { line } from '../../src/kernel/text.ts'
import type { CirclesView } from './projection.ts'

/** A circle as answers name it; `key` is its name in the record it was imported from. */
export const circleRef = classed(1, z.object({ id: z.string(), key: z.string().nullable(), name: z.string() }))
export type CircleRef = z.output<typeof circleRef>

/** How a question names a circle. */
export const circleParam = () =>
  line().meta({
    description: 'A circle: its id here, its key in the record it came from, or its name',
    examples: ['sig-auth'],
  })

/** What the record said of a circle by a revision, its spells in order of time. */
export function circleFacts(view: CirclesView, circleId: string, revision: number): readonly FactVersion<CircleFact>[] {
  return view.facts
    .versions(circleId)
    .filter((version) => isKnownAt(version, revision))
    .sort((a, b) => a.from.earliest - b.from.earliest)
}

/** The wording that was so at the moment asked about, else the last one before it, else the first. */
export function circleWording(view: CirclesView, circleId: string, point: Point): FactVersion<CircleFact> | undefined {
  const facts = circleFacts(view, circleId, point.revision)
  return facts.findLast((version) => version.from.earliest <= point.asOf) ?? facts[0]
}

/** Whether the circle was open, or may have been, at the moment asked about. */
export function isOpenCircle(view: CirclesView, circleId: string, { asOf, revision }: Point): boolean {
  return circleFacts(view, circleId, revision).some((version) => certaintyAt(version, asOf) !== undefined)
}

/** The circle as it is named in an answer. */
export function circleRefOf(view: CirclesView, circleId: string, point: Point): CircleRef {
  const fact = circleWording(view, circleId, point)?.fact
  return { id: circleId, key: fact?.key ?? null, name: fact?.name ?? circleId }
}

/** Finds the circle a question names: by id, by key, or by the only name that is so. */
export function findCircle(view: CirclesView, ref: string, { revision }: Point, pointer = '/circle'): string | Refusal {
  // What came to be known later must not change an answer given before.
  const wasKnown = (id: string) => view.facts.versions(id).some((version) => version.knownFrom <= revision)
  if (wasKnown(ref)) return ref
  const byKey = view.byKey.get(ref)
  if (byKey !== undefined && wasKnown(byKey)) return byKey
  const wanted = ref.toLocaleLowerCase('en')
  const named = new Set<string>()
  for (const id of view.facts.subjects()) {
    const called = (version: FactVersion<CircleFact>) =>
      version.knownFrom <= revision && version.fact.name.toLocaleLowerCase('en') === wanted
    if (view.facts.versions(id).some(called)) named.add(id)
  }
  const [only] = named
  return only !== undefined && named.size === 1
    ? only
    : unknownReference(pointer, ref, named.size > 1 ? 'only circle of the name' : 'circle')
}
