import fc from 'fast-check'
import { expect, it } from 'vitest'
import { round6 } from '../../src/measures/rounding.ts'

it('rounds to six decimals', () => {
  expect(round6(1 / 3)).toBe(0.333333)
  expect(round6(2 / 3)).toBe(0.666667)
  expect(round6(-2 / 3)).toBe(-0.666667)
  expect(round6(12)).toBe(12)
  expect(round6(1e21)).toBe(1e21)
  expect(round6(null)).toBeNull()
})

it('rounds the number as it is stored, not what a multiplication makes of it', () => {
  // Stored as a little less than 3.5 millionths, which a multiplication by a million makes 3.5.
  expect(0.0000035 * 1e6).toBe(3.5)
  expect(round6(0.0000035)).toBe(0.000003)
})

it('never gives −0', () => {
  expect(Object.is(round6(-1e-9), 0)).toBe(true)
  expect(Object.is(round6(-0), 0)).toBe(true)
})

it('moves nothing by more than half a millionth, and nothing twice', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
      const rounded = round6(x)
      expect(Math.abs((rounded ?? Number.NaN) - x)).toBeLessThanOrEqual(5.0001e-7)
      expect(round6(rounded)).toBe(rounded)
    }),
  )
})
