import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { circleRow } from '../support/book.ts'
import { disputedHistories, live, MOMENTS } from '../support/history.ts'
import { Scenario } from '../support/scenario.ts'

interface Held {
  readonly holdingId: string
}

interface Difference {
  readonly holdingId: string
  readonly before: Held | null
  readonly after: Held | null
}

interface Explained extends Difference {
  readonly because: readonly { readonly eventId: string; readonly revision: number; readonly how: string }[]
}

interface Point {
  readonly asOf: string
  readonly atRevision: number
}

let communities = 0
const server = await Scenario.open()

async function lived(steps: Parameters<typeof live>[1]): Promise<Scenario> {
  const book = await server.beside(`replayed-${communities++}`).at('2026-03-01T09:00:00Z').with(['ada'])
  await live(book, steps)
  return book
}

async function holders(book: Scenario, { asOf, atRevision }: Point): Promise<ReadonlyMap<string, Held>> {
  const { holders } = await book.ask<{ holders: readonly Held[] }>('holders', {}, { asOf, atRevision })
  return new Map(holders.map((held) => [held.holdingId, held]))
}

/** The roster a difference makes of another one. Throws where the difference does not fit it. */
function applied(roster: ReadonlyMap<string, Held>, differences: readonly Difference[]): ReadonlyMap<string, Held> {
  const result = new Map(roster)
  for (const { holdingId, before, after } of differences) {
    expect(result.get(holdingId) ?? null).toEqual(before)
    if (after === null) result.delete(holdingId)
    else result.set(holdingId, after)
  }
  return result
}

const sorted = (roster: ReadonlyMap<string, Held>) =>
  [...roster.values()].sort((a, b) => (a.holdingId < b.holdingId ? -1 : 1))

const moment = fc.constantFrom(...MOMENTS)
const places = fc.array(fc.tuple(moment, fc.nat(), moment, fc.nat()), { minLength: 6, maxLength: 6 })

/** Asks for the difference of two points, and both rosters. */
async function compared(book: Scenario, head: number, place: readonly [string, number, string, number]) {
  const first = { asOf: place[0], atRevision: place[1] % (head + 1) }
  const second = { asOf: place[2], atRevision: place[3] % (head + 1) }
  const then = { thenAsOf: second.asOf, thenAtRevision: second.atRevision }
  const { differences } = await book.ask<{ differences: readonly Explained[] }>('differences', then, first)
  return { first, second, differences, before: await holders(book, first), after: await holders(book, second) }
}

describe('the difference between two points of both axes', () => {
  it('applied to the first answer gives the second, and every part of it is explained', async () => {
    await fc.assert(
      fc.asyncProperty(disputedHistories, places, async (steps, pairs) => {
        const book = await lived(steps)
        const { head } = await book.hot()
        for (const pair of pairs) {
          const { first, second, differences, before, after } = await compared(book, head.revision, pair)
          expect(sorted(applied(before, differences))).toEqual(sorted(after))
          const [low, high] = [first.atRevision, second.atRevision].sort((a, b) => a - b)
          for (const { because } of differences) {
            expect(because.length).toBeGreaterThan(0)
            for (const { revision, how } of because) {
              expect(revision).toBeLessThanOrEqual(high ?? 0)
              if (how === 'recorded') expect(revision).toBeGreaterThan(low ?? 0)
              else expect(first.asOf).not.toBe(second.asOf)
            }
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  it('would not be right if a dispute, or anything else it tells, were left out', async () => {
    const leavesOut = fc.asyncProperty(disputedHistories, places, async (steps, pairs) => {
      const book = await lived(steps)
      const { head } = await book.hot()
      for (const pair of pairs) {
        const { differences, before, after } = await compared(book, head.revision, pair)
        const told = differences.filter(({ before: was, after: is }) => was === null || is === null)
        expect(sorted(applied(before, told))).toEqual(sorted(after))
      }
    })
    await expect(fc.assert(leavesOut, { numRuns: 40, endOnFailure: true })).rejects.toThrow()
  })
})

interface Step {
  readonly at: string
  readonly recorded: readonly { readonly revision: number }[]
  readonly so: readonly Difference[]
  readonly shown: readonly Difference[]
  readonly apart: readonly Explained[]
}

interface Walk {
  readonly opening: { readonly so: readonly Held[]; readonly shown: readonly Held[] }
  readonly steps: readonly Step[]
}

describe('a walk through a window', () => {
  it('says at every moment what was so and what the record showed, and leaves no moment out', async () => {
    const window = { from: '2020-01-01', through: '2026-12-31', limit: 500 }
    await fc.assert(
      fc.asyncProperty(disputedHistories, async (steps) => {
        const book = await lived(steps)
        const { head } = await book.hot()
        const walk = await book.ask<Walk>('replay-window', window)
        const listed = (held: readonly Held[]) => new Map(held.map((each) => [each.holdingId, each]))
        let so: ReadonlyMap<string, Held> = listed(walk.opening.so)
        let shown: ReadonlyMap<string, Held> = listed(walk.opening.shown)
        for (const [i, step] of walk.steps.entries()) {
          so = applied(so, step.so)
          shown = applied(shown, step.shown)
          expect(sorted(applied(shown, step.apart))).toEqual(sorted(so))
          // Somewhere before the next moment it is still so, and the record still says so.
          const next = Date.parse(walk.steps[i + 1]?.at ?? '2027-01-01T00:00:00Z')
          const between = new Date(Math.floor((Date.parse(step.at) + next) / 2)).toISOString()
          const at = { asOf: between, atRevision: head.revision }
          expect(sorted(await holders(book, at)), `so on ${between}`).toEqual(sorted(so))
          const then = await book.ask<{ holders: readonly Held[] }>(
            'holders',
            {},
            { asOf: between, asKnownAt: between },
          )
          expect(sorted(listed(then.holders)), `shown on ${between}`).toEqual(sorted(shown))
        }
        expect(walk.steps.flatMap(({ recorded }) => recorded.map(({ revision }) => revision))).toEqual(
          Array.from({ length: head.revision + 1 }, (_, revision) => revision),
        )
      }),
      { numRuns: 20 },
    )
  })

  it('of one circle and one role is the same whether it is read whole or page by page', async () => {
    const scope = { from: '2020-01-01', through: '2026-12-31', role: ['chair'], circle: ['table'] }
    await fc.assert(
      fc.asyncProperty(disputedHistories, async (steps) => {
        const book = await lived(steps)
        await book.given('ImportCircles', { importId: 'sure', rows: [circleRow('table', { from: '2019-01-01' })] })
        await book.given('ImportHoldings', {
          importId: 'sure',
          rows: [{ memberId: 'ada', memberName: 'ADA', role: 'chair', circle: 'table', from: '2020', source: 'x' }],
        })
        const whole = await book.ask<Walk>('replay-window', { ...scope, limit: 500 })
        const pages: Step[] = []
        let after: string | undefined
        do {
          const page = await book.ask<Walk & { readonly next: string | null }>('replay-window', {
            ...scope,
            limit: 3,
            ...(after === undefined ? {} : { after }),
          })
          pages.push(...page.steps)
          after = page.next ?? undefined
        } while (after !== undefined)
        expect(pages).toEqual(whole.steps)
      }),
      { numRuns: 10 },
    )
  })
})
