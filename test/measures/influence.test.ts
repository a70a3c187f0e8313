import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concentration } from '../../src/measures/concentration.ts'
import {
  addStep,
  bandOf,
  dutyMultiple,
  emptyLevel,
  imbalance,
  imbalanceLevel,
  levelAt,
  multiple,
  projectedMultiple,
} from '../../src/measures/influence.ts'

const LIMITS = { medium: 1.25, high: 2, veryHigh: 3 }

describe('influence over time', () => {
  const H = 30
  const of = (...steps: readonly (readonly [at: number, standing: number, decaying: number])[]) => {
    const level = emptyLevel()
    for (const [at, standing, decaying] of steps) addStep(level, { at, standing, decaying }, H)
    return level
  }

  it('fades where nobody acts: a role of 4 until day 30, acts of 2 and 1', () => {
    const a = of([0, 4, 0], [30, -4, 4])
    const before = of([0, 4, 0])
    const [b, c] = [of([0, 0, 2]), of([30, 0, 1])]
    expect([levelAt(before, 0, H), levelAt(b, 0, H)]).toEqual([4, 2])
    const shares: number[][] = []
    const evenness: (number | null)[] = []
    const ginis: (number | null)[] = []
    const voices = [[4, 2, 0].map((x) => x + 1)]
    for (const t of [30, 60, 90]) {
      const influence = [levelAt(a, t, H), levelAt(b, t, H), levelAt(c, t, H)]
      shares.push(influence.map((x) => x / influence.reduce((sum, each) => sum + each, 0)))
      voices.push(influence.map((x) => x + 1))
    }
    expect(voices).toEqual([
      [5, 3, 1],
      [5, 2, 2],
      [3, 1.5, 1.5],
      [2, 1.25, 1.25],
    ])
    // Without a baseline, fading alone moves no share.
    for (const each of shares)
      for (const [i, share] of each.entries()) expect(share).toBeCloseTo([2 / 3, 1 / 6, 1 / 6][i] ?? 0, 12)
    for (const each of voices) {
      const { hill, giniCorrected } = concentration(each)
      evenness.push(Number(hill.n2?.toFixed(6)))
      ginis.push(Number(giniCorrected?.toFixed(6)))
    }
    expect(evenness).toEqual([2.314286, 2.454545, 2.666667, 2.842105])
    expect(ginis).toEqual([0.444444, 0.333333, 0.25, 0.166667])
  })

  it.each([
    [0, 4],
    [30, 3.174802],
    [45, 2.828427],
    [90, 2],
    [180, 1],
    [360, 0.25],
  ])('an act of 4 comes to what is left of it after %i days of a half-life of 90', (day, left) => {
    const level = emptyLevel()
    addStep(level, { at: 0, standing: 0, decaying: 4 }, 90)
    expect(levelAt(level, day, 90)).toBeCloseTo(left, 6)
  })

  it('does not hang on the order in which steps come, and forgets what is taken out', () => {
    const step = fc.record({
      at: fc.integer({ min: 0, max: 900 }),
      standing: fc.integer({ min: 0, max: 5 }),
      decaying: fc.integer({ min: 0, max: 9 }),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), fc.nat(19), (steps, n) => {
        const [forth, back] = [emptyLevel(), emptyLevel()]
        for (const each of steps) addStep(forth, each, 90)
        for (const each of steps.toReversed()) addStep(back, each, 90)
        const closed = steps.reduce(
          (sum, { at, standing, decaying }) => sum + standing + decaying * 2 ** (-(1000 - at) / 90),
          0,
        )
        expect(levelAt(forth, 1000, 90)).toBeCloseTo(closed, 9)
        expect(levelAt(back, 1000, 90)).toBeCloseTo(closed, 9)
        const extra = steps[n % steps.length]
        if (!extra) return
        addStep(forth, extra, 90)
        addStep(forth, extra, 90, -1)
        expect(levelAt(forth, 1000, 90)).toBeCloseTo(closed, 9)
      }),
      { numRuns: 100 },
    )
  })

  it('never falls below nothing, and is never −0', () => {
    const level = of([0, 0.1, 0], [1, 0.2, 0], [2, -0.2, 0], [3, -0.1, 0])
    expect(Object.is(levelAt(level, 3, H), 0)).toBe(true)
  })
})

describe('how loud somebody is', () => {
  it.each([
    [2, 1.6],
    [3, 2],
    [5, 2.5],
    [8, 2.9091],
    [15, 3.3333],
    [30, 3.6364],
  ])('of %i people, all else at the baseline, a level of 3 makes %f times the mean voice', (n, lambda) => {
    expect(projectedMultiple(1, n, n, 3)).toBeCloseTo(lambda, 4)
  })

  it('dissent and care cost no duties', () => {
    // Of five, one has a voice of 3, 1 of it by dissent and care.
    expect(multiple(3, 7, 5)).toBeCloseTo(15 / 7, 12)
    expect(dutyMultiple(3, 1, 7, 5)).toBeCloseTo(10 / 6, 12)
    expect(multiple(0, 0, 5)).toBeNull()
  })

  it.each([
    [1.2499, 'low'],
    [1.25, 'medium'],
    [1.9999, 'medium'],
    [2 * (1 - 1e-12), 'high'],
    [2.9999, 'high'],
    [3, 'veryHigh'],
  ])('%f is %s', (lambda, band) => {
    expect(bandOf(lambda, LIMITS)).toBe(band)
  })

  it('between two people: the higher voice over the lower', () => {
    expect(imbalance(6, 1.5)).toBe(4)
    expect(imbalanceLevel(imbalance(5 + 1, 0.5 + 1), false)).toBe('strong')
    expect(imbalanceLevel(1.9, false)).toBe('none')
    expect(imbalanceLevel(2, false)).toBe('notice')
    expect(imbalanceLevel(1, true)).toBe('strong')
    expect(imbalance(3, 0)).toBe(4)
    expect(() => imbalance(-1, 1)).toThrow(RangeError)
  })
})
