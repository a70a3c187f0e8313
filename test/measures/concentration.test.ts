import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Concentration, concentration } from '../../src/measures/concentration.ts'

/** Fixtures agree to 1e-6. */
function expectNear(actual: number | null, expected: number | null): void {
  if (expected === null || actual === null) expect(actual).toBe(expected)
  else expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThan(1e-6)
}

const row = (c: Concentration) => [
  c.gini,
  c.giniCorrected,
  c.hhi,
  c.hhiNormalised,
  c.hill.n1,
  c.hill.n2,
  c.theil,
  c.pielou,
  c.hoover,
  c.topShare,
  c.nakamoto,
  c.absenceFactor,
]

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value)

const fixtures: readonly [string, readonly number[], readonly (number | null)[]][] = [
  ['F1', [1, 1, 1, 1], [0, 0, 0.25, 0, 4, 4, 0, 1, 0, 0.25, 3, 2]],
  ['F2', [1, 0, 0, 0], [0.75, 1, 1, 1, 1, 1, 1.386294, 0, 0.75, 1, 1, 1]],
  ['F3', [1, 2, 3, 4], [0.25, 0.333333, 0.3, 0.066667, 3.596115, 3.333333, 0.10644, 0.92322, 0.2, 0.4, 2, 2]],
  ['F4', [6, 3, 1, 0, 0], [0.6, 0.75, 0.46, 0.325, 2.454556, 2.173913, 0.711492, 0.557925, 0.5, 0.6, 1, 1]],
  ['F5', [3, 1], [0.25, 0.5, 0.625, 0.25, 1.754765, 1.6, 0.130812, 0.811278, 0.25, 0.75, 1, 1]],
  ['F6', [2, 1, 1], [0.166667, 0.25, 0.375, 0.0625, 2.828427, 2.666667, 0.058892, 0.946395, 0.166667, 0.5, 2, 1]],
  ['F7', times(8, 12.5), [0, 0, 0.125, 0, 8, 8, 0, 1, 0, 0.125, 5, 4]],
  [
    'F8',
    [1000, 202, 90, 33, 332, 343, 42, 433],
    [0.485505, 0.554863, 0.239505, 0.130863, 5.292327, 4.175275, 0.413184, 0.801301, 0.351717, 0.40404, 2, 2],
  ],
  ['F9', [5], [0, null, 1, null, 1, 1, 0, null, 0, 1, 1, 1]],
  ['F9b, nobody', [], times(12, 0).map(() => null)],
  ['F9b, nothing', [0, 0, 0], times(12, 0).map(() => null)],
]

describe('the fixtures', () => {
  it.each(fixtures)('%s', (_, values, expected) => {
    for (const [i, value] of row(concentration(values)).entries()) expectNear(value, expected[i] ?? null)
  })

  it('F10, one in a hundred does nearly everything', () => {
    const c = concentration([90, ...times(9, 10 / 9), ...times(90, 0)])
    const actual = [c.gini, c.giniCorrected, c.hill.n1, c.hill.n2, c.topShare, c.nakamoto, c.hill.n0, c.topTenthShare]
    const expected = [0.98, 0.989899, 1.724273, 1.232877, 0.9, 1, 10, 1]
    for (const [i, value] of actual.entries()) expectNear(value, expected[i] ?? null)
  })

  it('F11, what the handbook hopes for', () => {
    const c = concentration([...times(10, 6), ...times(20, 2), ...times(70, 0)])
    const actual = [c.gini, c.giniCorrected, c.hill.n1, c.hill.n2, c.nakamoto, c.absenceFactor, c.topTenthShare]
    const expected = [0.78, 0.787879, 25.864093, 22.727273, 9, 9, 0.6]
    for (const [i, value] of actual.entries()) expectNear(value, expected[i] ?? null)
  })

  it('F12, a crew of five equals is not concentrated, whatever merger rules say', () => {
    expect(concentration(times(5, 3))).toMatchObject({ hhi: 0.2, hhiNormalised: 0, gini: 0, evenness: 1 })
  })

  it('F24, a tie is a tie although ten times 0.1 is not 1', () => {
    expect(concentration(times(10, 0.1))).toMatchObject({ nakamoto: 6, absenceFactor: 5 })
  })

  it('F25, replication leaves G and N2/n, but not the corrected G', () => {
    const [one, two] = [concentration([1, 3]), concentration([1, 1, 3, 3])]
    expectNear(one.gini, 0.25)
    expectNear(two.gini, 0.25)
    expectNear(one.giniCorrected, 0.5)
    expectNear(two.giniCorrected, 0.333333)
    expectNear(one.evenness, 0.8)
    expectNear(two.evenness, 0.8)
  })

  it('draw the Lorenz curve of F3', () => {
    const { lorenz } = concentration([4, 2, 1, 3])
    expect(lorenz.map(({ population }) => population)).toEqual([0, 0.25, 0.5, 0.75, 1])
    for (const [i, share] of [0, 0.1, 0.3, 0.6, 1].entries()) expectNear(lorenz[i]?.share ?? null, share)
  })
})

describe('where a number would mislead', () => {
  it('there is none, and the reason', () => {
    const none = {
      gini: null,
      hill: { n0: null, n1: null, n2: null },
      evenness: null,
      theilNormalised: null,
      lorenz: [],
    }
    expect(concentration([])).toMatchObject({ ...none, n: 0, total: 0, reason: 'no-members' })
    expect(concentration([0, 0])).toMatchObject({
      ...none,
      n: 2,
      total: 0,
      topTenthShare: null,
      reason: 'no-influence',
    })
    expect(concentration([1])).not.toHaveProperty('reason')
    expect(concentration([5])).toMatchObject({ theilNormalised: null, evenness: 1, hill: { n0: 1 }, topTenthShare: 1 })
  })

  it('the input is refused', () => {
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY, -1e-300]) {
      expect(() => concentration([1, bad])).toThrow(RangeError)
    }
    expect(() => concentration([1e308, 1e308])).toThrow(RangeError)
    for (const threshold of [0, 1, -0.5, Number.NaN])
      expect(() => concentration([1], { threshold })).toThrow(RangeError)
  })
})

it('measures the smallest number there is', () => {
  expect(concentration([Number.MIN_VALUE, 0])).toMatchObject({
    gini: 0.5,
    giniCorrected: 1,
    hhi: 1,
    pielou: 0,
    nakamoto: 1,
  })
})

it('takes another threshold', () => {
  expect(concentration([4, 3, 2, 1], { threshold: 0.7 })).toMatchObject({ nakamoto: 3, absenceFactor: 2 })
})

const value = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true }))
const someValues = fc.array(value, { minLength: 1, maxLength: 40 }).filter((values) => values.some((x) => x > 0))

/** Every number of the answer, those of the Lorenz points included. */
function numbersIn(c: Concentration): (number | null)[] {
  const { hill, lorenz, total, reason, ...rest } = c
  return [
    ...Object.values(rest),
    ...Object.values(hill),
    ...lorenz.flatMap(({ population, share }) => [population, share]),
  ]
}

function expectSame(a: Concentration, b: Concentration): void {
  const [left, right] = [numbersIn(a), numbersIn(b)]
  expect(left).toHaveLength(right.length)
  for (const [i, x] of left.entries()) expectClose(x, right[i] ?? null)
}

function expectClose(a: number | null, b: number | null): void {
  if (a === null || b === null) expect(a).toBe(b)
  else expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a)))
}

describe('for any values', () => {
  it('the order does not matter, to the last digit', () => {
    fc.assert(
      fc.property(someValues, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), (values, keys) => {
        const order = values.map((x, i) => ({ x, key: keys[i] ?? 0 })).sort((a, b) => a.key - b.key)
        expect(concentration(order.map(({ x }) => x))).toEqual(concentration(values))
      }),
    )
  })

  it('the unit does not matter', () => {
    fc.assert(
      fc.property(someValues, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (values, c) => {
        expectSame(concentration(values.map((x) => c * x)), concentration(values))
      }),
    )
  })

  it('somebody with nothing leaves N2 and raises G', () => {
    fc.assert(
      fc.property(someValues, (values) => {
        const [before, after] = [concentration(values), concentration([...values, 0])]
        expectClose(after.hill.n2, before.hill.n2)
        expectClose(after.hill.n1, before.hill.n1)
        expect(after.hill.n0).toBe(before.hill.n0)
        expect(after.gini).toBeGreaterThan(before.gini ?? Number.NaN)
      }),
    )
  })

  it('equal ones are exactly equal, without −0 and dust', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), fc.integer({ min: 2, max: 300 }), (x, n) => {
        const c = concentration(times(n, x))
        const zeros = [c.gini, c.giniCorrected, c.hhiNormalised, c.theil, c.theilNormalised, c.hoover]
        for (const zero of zeros) expect(Object.is(zero, 0)).toBe(true)
        expect(c).toMatchObject({ hill: { n0: n, n1: n, n2: n }, evenness: 1, pielou: 1 })
        expect(c).toMatchObject({ nakamoto: Math.floor(n / 2) + 1, absenceFactor: Math.ceil(n / 2) })
      }),
    )
    expect(concentration([0.3, 0.1 + 0.2])).toMatchObject({ gini: 0, theil: 0, hhiNormalised: 0, hoover: 0 })
    expect(Object.is(concentration([-0, 1]).lorenz[1]?.share, 0)).toBe(true)
  })

  it('the measures are those of their definitions', () => {
    fc.assert(
      fc.property(someValues, (values) => {
        const c = concentration(values)
        const n = values.length
        const total = values.reduce((a, b) => a + b, 0)
        const shares = values.map((x) => x / total)
        const sum = (term: (s: number) => number) => shares.reduce((all, s) => all + term(s), 0)
        const differences = sum((a) => sum((b) => Math.abs(a - b)))
        const entropy = -sum((s) => (s === 0 ? 0 : s * Math.log(s)))
        const area = c.lorenz.slice(1).reduce((all, p, i) => all + (p.share + (c.lorenz[i]?.share ?? 0)) / (2 * n), 0)
        expectClose(c.gini, differences / (2 * n))
        expectClose(c.gini, 1 - 2 * area)
        expectClose(
          c.hhi,
          sum((s) => s * s),
        )
        expectClose(c.hill.n1, Math.exp(entropy))
        expectClose(c.hill.n2, 1 / sum((s) => s * s))
        expectClose(c.theil, Math.log(n) - entropy)
        expectClose(c.hoover, sum((s) => Math.abs(s - 1 / n)) / 2)
        expectClose(c.topShare, Math.max(...shares))
        if (n > 1) expectClose(c.hhiNormalised, (sum((s) => s * s) - 1 / n) / (1 - 1 / n))
        if (n > 1) expectClose(c.pielou, entropy / Math.log(n))
      }),
    )
  })

  it('each stays in its range', () => {
    fc.assert(
      fc.property(someValues, (values) => {
        const c = concentration(values)
        const n = values.length
        const within = (x: number | null, low: number, high: number) => {
          if (x === null) return
          expect(x).toBeGreaterThanOrEqual(low)
          expect(x).toBeLessThanOrEqual(high + 1e-12)
        }
        for (const x of [c.giniCorrected, c.hhiNormalised, c.theilNormalised, c.lorenz[1]?.share ?? null])
          within(x, 0, 1)
        within(c.pielou, 0, 1)
        within(c.hill.n1, 1, n)
        within(c.hill.n2, 1 - 1e-12, n)
        within(c.nakamoto, c.absenceFactor ?? Number.NaN, n)
        within(c.topTenthShare, c.topShare ?? Number.NaN, 1)
        expect(numbersIn(c).some(Number.isNaN)).toBe(false)
      }),
    )
  })
})
