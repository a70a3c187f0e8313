import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateBounds } from '../../src/kernel/dates.ts'
import type { Held } from '../support/book.ts'
import { histories, live, MOMENTS } from '../support/history.ts'
import { oracleCircles, oracleHolders, type Told } from '../support/history-oracle.ts'
import { Scenario } from '../support/scenario.ts'

let communities = 0
const server = await Scenario.open()

/** A community with the same server and a name and history of its own. */
async function community(): Promise<Scenario> {
  return server.beside(`life-${communities++}`).at('2026-03-01T09:00:00Z').with(['ada'])
}

async function holders(book: Scenario, asOf: string, atRevision: number) {
  const answer = await book.ask<{ holders: readonly Held[] }>('holders', {}, { asOf, atRevision })
  return answer.holders
    .map(({ holdingId, person, role, circle, from, to, certainty, evidence }) => {
      const ids = { holdingId, personId: person.id, roleId: role.id, circleId: circle.id }
      return { ...ids, from, to, certainty, evidence }
    })
    .sort((a, b) => (a.holdingId < b.holdingId ? -1 : 1))
}

interface Node {
  readonly id: string
  readonly name: string
  readonly from: string
  readonly certainty: string
}

async function circles(book: Scenario, asOf: string, atRevision: number) {
  const answer = await book.ask<{ circles: readonly Node[] }>('circles', {}, { asOf, atRevision })
  return answer.circles
    .map(({ id, name, from, certainty }) => ({ id, name, from, certainty }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

describe('an answer at any point of both axes', () => {
  it('of holders is that of the slow refold of the book', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const book = await community()
        await live(book, steps)
        const told = (await book.events()) as readonly Told[]
        for (const asOf of MOMENTS) {
          for (let revision = 0; revision < told.length; revision += 1) {
            const expected = oracleHolders(told, dateBounds(asOf).earliest, revision)
            const sorted = expected.toSorted((a, b) => (a.holdingId < b.holdingId ? -1 : 1))
            expect(await holders(book, asOf, revision), `${asOf} at ${revision}`).toEqual(sorted)
          }
        }
      }),
      { numRuns: 80 },
    )
  })

  it('of circles is that of the slow refold of the book', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const book = await community()
        await live(book, steps)
        const told = (await book.events()) as readonly Told[]
        for (const asOf of MOMENTS) {
          for (let revision = 0; revision < told.length; revision += 1) {
            const expected = oracleCircles(told, dateBounds(asOf).earliest, revision)
            const shown = await circles(book, asOf, revision)
            const ids = expected.flatMap(([first]) => (first ? [first.id] : [])).toSorted()
            expect(shown.map(({ id }) => id).toSorted(), `${asOf} at ${revision}`).toEqual(ids)
            for (const circle of shown) expect(expected.flat(), `${asOf} at ${revision}`).toContainEqual(circle)
          }
        }
      }),
      { numRuns: 80 },
    )
  })

  /** Questions of every projection, none of which names anything. */
  const QUESTIONS: readonly (readonly [string, Record<string, unknown>])[] = [
    ['holders', {}],
    ['circles', {}],
    ['roles', {}],
    ['people', {}],
    ['community', {}],
    ['role-history', {}],
    ['audit', { limit: 500 }],
    ['import', { importId: 'minutes' }],
    ['changes', { from: '2020-01-01', through: '2022-12-31' }],
    ['load-concentration', {}],
    ['longest-tenure', { until: '2026-03-01' }],
  ]

  it('at now, as known now, is the one without a point (PT-6)', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const book = await community()
        await live(book, steps)
        const now = new Date(book.now).toISOString()
        for (const [name, params] of QUESTIONS) {
          const plain = await book.ask(name, params)
          expect(await book.ask(name, params, { asOf: now, asKnownAt: now }), name).toEqual(plain)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('at a revision is never changed by what is recorded later (PT-7)', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const book = await community()
        const said: { name: string; params: unknown; point: { asOf: string; atRevision: number }; answer: unknown }[] =
          []
        await live(book, steps, async () => {
          const atRevision = (await book.hot()).head.revision
          for (const [name, params] of QUESTIONS) {
            for (const asOf of ['2021-03-10', '2022-07-15']) {
              const point = { asOf, atRevision }
              said.push({ name, params, point, answer: await book.ask(name, params, point) })
            }
          }
        })
        for (const { name, params, point, answer } of said) {
          expect(await book.ask(name, params, point), `${name} at ${point.atRevision}`).toEqual(answer)
        }
      }),
      { numRuns: 30 },
    )
  })
})
