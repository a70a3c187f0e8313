import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, dateBounds, NEVER } from '../../src/kernel/dates.ts'
import { canFollow, certaintyAt, certaintyWithin, interval } from '../../src/kernel/intervals.ts'

const at = (text: string) => dateBounds(text).earliest
const between = (from: string, to?: string) => interval(dateBounds(from), to === undefined ? undefined : dateBounds(to))

describe('whether an interval holds at a moment', () => {
  it.each([
    ['2025-03-10', '2025-03-20', '2025-03-09T23:59:59.999Z', undefined],
    ['2025-03-10', '2025-03-20', '2025-03-10', 'certain'],
    ['2025-03-10', '2025-03-20', '2025-03-19T23:59:59.999Z', 'certain'],
    ['2025-03-10', '2025-03-20', '2025-03-20', undefined],
    ['2025-03', '2025-06', '2025-02-28T23:59:59.999Z', undefined],
    ['2025-03', '2025-06', '2025-03-01', 'possible'],
    ['2025-03', '2025-06', '2025-03-31T23:59:59.999Z', 'possible'],
    ['2025-03', '2025-06', '2025-04-01', 'certain'],
    ['2025-03', '2025-06', '2025-05-31T23:59:59.999Z', 'certain'],
    ['2025-03', '2025-06', '2025-06-01', 'possible'],
    ['2025-03', '2025-06', '2025-06-30T23:59:59.999Z', 'possible'],
    ['2025-03', '2025-06', '2025-07-01', undefined],
    ['2025', '2025-06-01', '2025-05-31', 'possible'],
    ['2025', '2025-06-01', '2025-06-01', undefined],
    ['2025-03-10', undefined, '9999-12-31', 'certain'],
  ])('[%s, %s) at %s: %s', (from, to, t, expected) => {
    expect(certaintyAt(between(from, to), at(t))).toBe(expected)
  })

  it('is possible on 10 March for what was so in March only (case C)', () => {
    expect(certaintyAt(between('2025-03', '2025-04-01'), at('2025-03-10'))).toBe('possible')
  })

  it('is certain only where every reading of its dates holds, and possible wherever some do', () => {
    const day = fc.integer({ min: 0, max: 60 })
    fc.assert(
      fc.property(day, day, day, day, day, (a, b, c, d, t) => {
        const from = { ...NEVER, earliest: Math.min(a, b), latest: Math.max(a, b) }
        const to = { ...NEVER, earliest: Math.min(c, d), latest: Math.max(c, d) }
        // A vague date means some moment from `earliest` on and before `latest`; an exact one its own.
        const readings = ({ earliest, latest }: typeof from) =>
          earliest === latest ? [earliest] : Array.from({ length: latest - earliest }, (_, i) => earliest + i)
        const holds = readings(from).flatMap((begin) => readings(to).map((end) => begin <= t && t < end))
        const certainty = certaintyAt({ from, to }, t)
        if (holds.some(Boolean)) expect(certainty).toBeDefined()
        if (certainty === 'certain') expect(holds).not.toContain(false)
      }),
    )
  })
})

describe('whether an interval holds within a period', () => {
  const march = [at('2025-03-01'), at('2025-04-01')] as const

  it.each([
    ['2025-01-01', '2025-03-01', undefined],
    ['2025-01-01', '2025-03-02', 'certain'],
    ['2025-03-31', undefined, 'certain'],
    ['2025-04-01', undefined, undefined],
    ['2025', undefined, 'possible'],
    ['2025-03', '2025-03', 'possible'],
    ['2024-01-01', '2025-03', 'possible'],
    ['2025-03-20', '2025-03-20', undefined],
  ])('[%s, %s) in March 2025: %s', (from, to, expected) => {
    expect(certaintyWithin(between(from, to), ...march)).toBe(expected)
  })

  it('agrees with the moments of the period for exact dates', () => {
    const day = fc.integer({ min: 0, max: 20 })
    fc.assert(
      fc.property(day, day, day, day, (a, b, c, d) => {
        const exact = (n: number) => ({ ...NEVER, earliest: n * DAY_MS, latest: n * DAY_MS })
        const days = Array.from({ length: Math.max(0, d - c) }, (_, i) => c + i)
        const some = days.some((n) => certaintyAt({ from: exact(a), to: exact(b) }, n * DAY_MS) === 'certain')
        const within = certaintyWithin({ from: exact(a), to: exact(b) }, c * DAY_MS, d * DAY_MS)
        expect(d > c && within === 'certain').toBe(some)
      }),
    )
  })
})

describe('whether an end can follow a beginning', () => {
  it.each([
    ['2025-03-10', '2025-03-10', false],
    ['2025-03-10', '2025-03-11', true],
    ['2025-03-10', '2025-03-09', false],
    ['2025', '2025-01-01', false],
    ['2025', '2025-01-02', true],
    ['2025-12-31', '2025', true],
    ['2026-01-01', '2025', false],
  ])('%s to %s: %s', (from, to, expected) => {
    expect(canFollow(dateBounds(from), dateBounds(to))).toBe(expected)
  })
})
