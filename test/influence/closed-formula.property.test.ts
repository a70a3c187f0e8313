import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PRESET_POLICIES } from '../../commands/community/policy-table.ts'
import { COMPONENTS } from '../../commands/influence/component-facts.ts'
import { parametersOf } from '../../commands/influence/parameter-facts.ts'
import { vectorsFrom } from '../../projections/influence/counted.ts'
import { influenceProjection } from '../../projections/influence/projection.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { Folds } from '../../src/kernel/folds.ts'
import { acts, live } from '../support/influence-history.ts'
import { InfluenceOracle } from '../support/influence-oracle.ts'

const DAY = 86_400_000
const PARAMETERS = parametersOf(PRESET_POLICIES.hospitality)

/** What the example, the beginning of every history alone, is asked at: how much of it is known, and days. */
const AROUND: [number, number][] = [
  [100, 0],
  [100, 3],
  [100, 40],
  [60, 3],
]
/** Proposals have a history of their own. */
const BY_PROPOSALS: readonly string[] = ['proposalAdopted', 'objectionIntegrated']

type Kinds = Readonly<Record<string, Readonly<Record<string, number>>>>

function plain(vectors: ReadonlyMap<string, ReadonlyMap<string, number>>): Kinds {
  const people = [...vectors].map(([person, vector]) => {
    const kinds = [...vector].filter(([, value]) => value > 1e-12)
    return [person, Object.fromEntries(kinds)] as const
  })
  return Object.fromEntries(people.filter(([, kinds]) => Object.keys(kinds).length > 0))
}

function same(found: Kinds, expected: Kinds, where: string): void {
  const names = (of: Kinds) => Object.keys(of).sort()
  expect(names(found), where).toEqual(names(expected))
  for (const [person, kinds] of Object.entries(expected)) {
    expect(names(found[person] as never), `${where}, ${person}`).toEqual(names(kinds as never))
    for (const [kind, value] of Object.entries(kinds)) {
      const difference = Math.abs((found[person]?.[kind] ?? 0) - value)
      expect(difference, `${where}, ${person}, ${kind}: ${found[person]?.[kind]}, not ${value}`).toBeLessThan(
        1e-9 * Math.max(1, value),
      )
    }
  }
}

function folded(events: readonly RecordedEvent[]) {
  const folds = new Folds([influenceProjection])
  for (const event of events) folds.apply(event)
  return folds.of(influenceProjection)
}

describe('influence over random histories, with corrections and backdated facts', () => {
  it('is the closed formula at any moment, as known at any revision', { timeout: 120_000 }, async () => {
    let seen = 0
    const reached = new Set<string>()
    const property = fc.asyncProperty(
      acts,
      fc.array(fc.tuple(fc.nat(100), fc.nat(400)), { minLength: 4, maxLength: 4 }),
      async (given, points) => {
        const events = await live(given)
        const view = folded(events)
        const first = Date.parse(events[0]?.recordedAt ?? '')
        for (const [at, days] of points) {
          const revision = Math.floor((at / 100) * (events.length - 1))
          const t = first + days * DAY
          const found = plain(vectorsFrom(view.live.facts.steps(revision, PARAMETERS), t, PARAMETERS))
          for (const kinds of Object.values(found)) for (const kind of Object.keys(kinds)) reached.add(kind)
          same(found, new InfluenceOracle(events, revision).at(t), `revision ${revision}, day ${days}`)
          seen += Object.keys(found).length
        }
      },
    )
    await fc.assert(property, { numRuns: 12, examples: [[[], AROUND]] })
    expect(seen).toBeGreaterThan(40)
    // Chance may pass over a kind or two; that nearly all were compared is what the property needs.
    const kinds = COMPONENTS.filter((kind) => !BY_PROPOSALS.includes(kind))
    expect(kinds.filter((kind) => reached.has(kind)).length).toBeGreaterThanOrEqual(kinds.length - 2)
  })

  it('kept up event by event is the same as counted anew after each', { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(acts, async (given) => {
      const events = await live(given)
      const folds = new Folds([influenceProjection])
      const view = folds.of(influenceProjection)
      for (const event of events) {
        folds.apply(event)
        const t = Date.parse(event.recordedAt)
        const found = plain(view.live.vectors(t))
        same(found, plain(vectorsFrom(view.live.facts.steps(event.revision, PARAMETERS), t, PARAMETERS)), event.type)
      }
      const end = Date.parse(events.at(-1)?.recordedAt ?? '')
      for (const days of [0, 1, 31, 100, 400])
        same(
          plain(view.live.vectors(end + days * DAY)),
          new InfluenceOracle(events, events.length).at(end + days * DAY),
          `after ${days} days`,
        )
    })
    await fc.assert(property, { numRuns: 8 })
  })
})
