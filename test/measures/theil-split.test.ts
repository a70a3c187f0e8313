import fc from 'fast-check'
import { expect, it } from 'vitest'
import { concentration } from '../../src/measures/concentration.ts'
import { theilSplit } from '../../src/measures/theil-split.ts'

it('F23: two crews, each equal within', () => {
  const { theil, between, within } = theilSplit([
    [4, 4],
    [1, 1],
  ])
  expect(theil).toBeCloseTo(0.192745, 6)
  expect(between).toBeCloseTo(0.8 * Math.log(1.6) + 0.2 * Math.log(0.4), 12)
  expect(within).toBe(0)
})

it('finds all of it within when the crews have the same mean', () => {
  const { theil, between, within } = theilSplit([
    [3, 1],
    [2, 2],
  ])
  expect(between).toBe(0)
  expect(within).toBe(theil)
  expect(theil).toBeGreaterThan(0)
})

it('has nothing to split without people or influence', () => {
  const none = { theil: null, between: null, within: null }
  expect(theilSplit([])).toEqual({ ...none, reason: 'no-members' })
  expect(theilSplit([[], []])).toEqual({ ...none, reason: 'no-members' })
  expect(theilSplit([[0], [0, 0]])).toEqual({ ...none, reason: 'no-influence' })
  expect(() => theilSplit([[1], [-1]])).toThrow(RangeError)
})

it('comes to the whole, for any groups', () => {
  const group = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e3, noNaN: true })), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(group, { maxLength: 8 }), (groups) => {
      const { theil, between, within } = theilSplit(groups)
      expect(theil).toBe(concentration(groups.flat()).theil)
      if (theil === null || between === null || within === null) return
      expect(Math.abs(between + within - theil)).toBeLessThan(1e-9)
      expect(Math.min(between, within)).toBeGreaterThanOrEqual(0)
    }),
  )
})
