import { describe, expect, it } from 'vitest'
import { coverage, formalInformalGap, onTop, persistence, turnover } from '../../src/measures/movement.ts'
import { activation, breadth, dutyShare, rotation } from '../../src/measures/turns-taken.ts'
import { uptake } from '../../src/measures/uptake.ts'

const people = (...values: readonly number[]) => new Map(values.map((value, i) => [`p${i}`, value]))

describe('movement', () => {
  it('is half of what all shares changed by', () => {
    expect(turnover(people(0.65, 0.25, 0.1), people(0.65, 0.15, 0.2))).toBeCloseTo(0.1, 12)
    expect(turnover(people(0.6, 0.3, 0.1), people(0.2, 0.6, 0.2))).toBeCloseTo(0.4, 12)
    expect(turnover(new Map([['a', 1]]), new Map([['b', 1]]))).toBe(1)
    expect(turnover(people(1, 2), people(1, 2))).toBe(0)
    expect(turnover(new Map(), people(1))).toBeNull()
    expect(turnover(people(1), people(0))).toBeNull()
  })

  it('counts who is on top: ties all do, and where all tie nobody does', () => {
    expect(onTop(people(3, 3 * (1 - 1e-12), 1))).toEqual(['p0', 'p1'])
    expect(onTop(people(2, 2))).toEqual([])
    const day = { influence: people(2, 1), multiples: people(2, 0.5) }
    expect(persistence(Array(29).fill(day))).toBeNull()
    const found = persistence([
      ...Array(30).fill(day),
      ...Array(10).fill({ influence: people(1, 1), multiples: people(1, 1) }),
    ])
    expect(found?.top).toEqual(new Map([['p0', 0.75]]))
    expect(found?.high).toEqual(new Map([['p0', 0.75]]))
  })

  it('tells how far offices and all other influence lie apart', () => {
    expect(formalInformalGap(people(0.5, 0.5, 0), people(0.2, 0.3, 0.5))).toBeCloseTo(0.5, 12)
    expect(formalInformalGap(people(0, 0), people(1, 1))).toBeNull()
  })
})

describe('turns', () => {
  const role = (...spans: readonly [string, number, number][]) =>
    spans.map(([who, from, to]) => ({ who, from, to, seat: '1' }))

  it('a role held by one, another, and the first again', () => {
    const found = rotation(role(['a', 0, 180], ['a', 360, 450], ['b', 180, 360]), 3, 0, 450)
    expect(found?.perTerm).toBeCloseTo(2 / 3, 12)
    expect(found?.effectiveHolders).toBeCloseTo(1.960132, 6)
    expect(found?.effectiveHolders2).toBeCloseTo(1.923077, 6)
    expect(found?.longestDays).toBe(180)
    expect(found?.seatDays).toEqual(
      new Map([
        ['a', 270],
        ['b', 180],
      ]),
    )
  })

  it('days of an overlap are shared; a role nobody held has no figure', () => {
    expect(rotation(role(['a', 0, 182], ['b', 168, 364]), 2, 0, 364)?.seatDays).toEqual(
      new Map([
        ['a', 175],
        ['b', 189],
      ]),
    )
    expect(rotation([], 0, 0, 100)).toBeNull()
  })

  it('duty and breadth: 300 of 365 days; three of five led', () => {
    expect(dutyShare([{ from: 0, to: 300 }], [{ from: 0, to: 365 }])).toBeCloseTo(0.821918, 6)
    expect(breadth(3, 5)).toBe(0.6)
    expect(breadth(0, 0)).toBeNull()
    expect(dutyShare([{ from: 0, to: 10 }], [])).toBeNull()
    // Whoever was there for a part of the time only: of their own days.
    expect(dutyShare([{ from: 0, to: 300 }], [{ from: 200, to: 300 }])).toBe(1)
  })

  it('whoever made a first act possible: one for each, shared, and nobody for themself', () => {
    const firsts = [
      { who: 'c', enabledBy: ['a', 'b'] },
      { who: 'd', enabledBy: ['a', 'd'] },
      { who: 'e', enabledBy: [] },
    ]
    expect(activation(firsts)).toEqual(
      new Map([
        ['a', 1.5],
        ['b', 0.5],
      ]),
    )
  })
})

describe('answers and answering', () => {
  it('how invitations by name were answered, to the inviter alone', () => {
    const three = uptake(3, 1, 2)
    expect(three).toMatchObject({ raw: 0.75, lapsed: 2 })
    expect(three.smoothed).toBeCloseTo(4 / 6, 12)
    expect(three.interval?.map((x) => Number(x.toFixed(6)))).toEqual([0.300642, 0.954413])
    expect(uptake(9, 3).interval?.map((x) => Number(x.toFixed(6)))).toEqual([0.467695, 0.911058])
    expect(uptake(0, 0, 4)).toMatchObject({ raw: null, smoothed: 0.5, interval: null, lapsed: 4 })
  })

  it('how many of the people asked for are there', () => {
    const of = (required: number, have: number) => ({ required, have })
    expect(coverage([of(2, 1), of(2, 3), of(1, 0)])).toBeCloseTo(0.6, 12)
    expect(coverage([of(0, 0)])).toBe(1)
  })
})
