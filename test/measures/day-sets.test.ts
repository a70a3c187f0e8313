import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countDays, type DaySpan, gapsWithin, intersectDays, peak, unionDays } from '../../src/measures/day-sets.ts'

// The first days of recorded offices (1789) are about −66 000; a small range makes spans meet.
const day = fc.integer({ min: -66_030, max: -65_970 })
const span = fc.record({ from: day, to: day })
const spans = fc.array(span, { maxLength: 12 })

/** Counts day by day, as nobody should have to. */
function daysOf(some: readonly DaySpan[]): number[] {
  const days = new Set<number>()
  for (const { from, to } of some) for (let d = from; d < to; d++) days.add(d)
  return [...days].sort((a, b) => a - b)
}

function expectMerged(some: readonly DaySpan[]): void {
  for (const [i, { from, to }] of some.entries()) {
    expect(from).toBeLessThan(to)
    expect(from).toBeGreaterThan(some[i - 1]?.to ?? Number.NEGATIVE_INFINITY)
  }
}

describe('examples', () => {
  it('merge what overlaps and what touches', () => {
    const merged = unionDays([
      { from: 10, to: 12 },
      { from: 0, to: 3 },
      { from: 3, to: 5 },
      { from: 1, to: 2 },
      { from: 7, to: 7 },
      { from: 9, to: 8 },
    ])
    expect(merged).toEqual([
      { from: 0, to: 5 },
      { from: 10, to: 12 },
    ])
    expect(countDays(merged)).toBe(7)
    expect(gapsWithin(merged, -2, 11)).toEqual([
      { from: -2, to: 0 },
      { from: 5, to: 10 },
    ])
    expect(intersectDays(merged, [{ from: 4, to: 11 }])).toEqual([
      { from: 4, to: 5 },
      { from: 10, to: 11 },
    ])
  })

  it('take what has not ended', () => {
    const running = unionDays([
      { from: 5, to: Number.POSITIVE_INFINITY },
      { from: 0, to: 2 },
    ])
    expect(countDays(intersectDays(running, [{ from: 1, to: 10 }]))).toBe(6)
    expect(gapsWithin(running, 0, 100)).toEqual([{ from: 2, to: 5 }])
    expect(peak([{ who: 'ana', from: 5, to: Number.POSITIVE_INFINITY }], 0, 10)).toEqual({ most: 1, firstDay: 5 })
  })

  it('count people, not spans, and nobody twice on a day of change', () => {
    const held = [
      { who: 'ana', from: 0, to: 10 },
      { who: 'ana', from: 5, to: 15 },
      { who: 'ben', from: 15, to: 20 },
      { who: 'cem', from: 18, to: 30 },
    ]
    expect(peak(held, 0, 100)).toEqual({ most: 2, firstDay: 18 })
    expect(peak(held, 0, 18)).toEqual({ most: 1, firstDay: 0 })
    expect(peak(held, 19, 100)).toEqual({ most: 2, firstDay: 19 })
    expect(peak(held, 40, 100)).toEqual({ most: 0, firstDay: null })
    expect(peak(held, 5, 5)).toEqual({ most: 0, firstDay: null })
  })

  it('leave what they are given as it was', () => {
    const given = Object.freeze([Object.freeze({ from: 3, to: 4 }), Object.freeze({ from: 0, to: 3 })])
    expect(unionDays(given)).toEqual([{ from: 0, to: 4 }])
    expect(given[0]).toEqual({ from: 3, to: 4 })
  })
})

describe('for any spans, as counted day by day', () => {
  it('the union', () => {
    fc.assert(
      fc.property(spans, (some) => {
        const merged = unionDays(some)
        expectMerged(merged)
        expect(daysOf(merged)).toEqual(daysOf(some))
        expect(countDays(merged)).toBe(daysOf(some).length)
      }),
    )
  })

  it('the intersection', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const both = intersectDays(unionDays(a), unionDays(b))
        expectMerged(both)
        const inB = new Set(daysOf(b))
        expect(daysOf(both)).toEqual(daysOf(a).filter((d) => inB.has(d)))
      }),
    )
  })

  it('the gaps', () => {
    fc.assert(
      fc.property(spans, span, (some, window) => {
        const gaps = gapsWithin(unionDays(some), window.from, window.to)
        expectMerged(gaps)
        const held = new Set(daysOf(some))
        expect(daysOf(gaps)).toEqual(daysOf([window]).filter((d) => !held.has(d)))
      }),
    )
  })

  it('the peak', () => {
    const held = fc.array(fc.record({ who: fc.constantFrom('ana', 'ben', 'cem', 'dia'), from: day, to: day }), {
      maxLength: 16,
    })
    fc.assert(
      fc.property(held, span, (some, window) => {
        let expected: { most: number; firstDay: number | null } = { most: 0, firstDay: null }
        for (const d of daysOf([window])) {
          const there = new Set(some.filter(({ from, to }) => from <= d && d < to).map(({ who }) => who)).size
          if (there > expected.most) expected = { most: there, firstDay: d }
        }
        expect(peak(some, window.from, window.to)).toEqual(expected)
      }),
    )
  })
})
