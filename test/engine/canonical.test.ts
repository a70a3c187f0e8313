import canonicalize from 'canonicalize'
import { assert, jsonValue, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText } from '../../src/engine/canonical.ts'

describe('canonical text', () => {
  it("is that of the library by the RFC's author, for any JSON", () => {
    assert(
      property(jsonValue({ maxDepth: 5, stringUnit: 'binary' }), (value) => {
        expect(canonicalText(value)).toBe(canonicalize(value))
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    [{ 10: 'a', 9: 'b' }, '{"10":"a","9":"b"}'],
    [{ b: 1, a: [{ d: 1, c: 2 }] }, '{"a":[{"c":2,"d":1}],"b":1}'],
    [{ '€': 1, '\u20ac0': 2, '\r': 3 }, '{"\\r":3,"€":1,"€0":2}'],
    [1e21, '1e+21'],
    [-0, '0'],
    [{ a: undefined, b: null }, '{"b":null}'],
  ])('of %j is %s', (value, text) => {
    expect(canonicalText(value)).toBe(text)
  })

  it.each([[undefined], [Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [{ a: '\udfff' }]])(
    'refuses %j',
    (value) => {
      expect(() => canonicalText(value)).toThrow()
    },
  )
})
