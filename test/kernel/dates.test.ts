import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, dateBounds, dayText, firstDayFrom, parseDate } from '../../src/kernel/dates.ts'

const at = (text: string) => Date.parse(text)

describe('the form of a date', () => {
  it.each([
    ['2025', 'year', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['2025-03', 'month', '2025-03-01T00:00:00Z', '2025-04-01T00:00:00Z'],
    ['2025-12', 'month', '2025-12-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['2025-03-10', 'day', '2025-03-10T00:00:00Z', '2025-03-10T00:00:00Z'],
    ['2024-02-29', 'day', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
    ['2025-03-10T09:30:00Z', 'instant', '2025-03-10T09:30:00Z', '2025-03-10T09:30:00Z'],
    ['2025-03-10T09:30:00.250Z', 'instant', '2025-03-10T09:30:00.250Z', '2025-03-10T09:30:00.250Z'],
    ['2025-03-10T09:30:00+02:00', 'instant', '2025-03-10T07:30:00Z', '2025-03-10T07:30:00Z'],
    ['2025-03-10T23:30:00-05:00', 'instant', '2025-03-11T04:30:00Z', '2025-03-11T04:30:00Z'],
  ])('%s is a %s, from %s to %s', (text, precision, earliest, latest) => {
    expect(parseDate(text)).toEqual({ text, precision, earliest: at(earliest), latest: at(latest) })
  })

  it.each([
    ['2025-02-29', 'a day that year does not have'],
    ['1900-02-29', 'a day a century year does not have'],
    ['2025-04-31', 'a day that month does not have'],
    ['2025-02-30T10:00:00Z', 'an instant of a day that does not exist'],
    ['2025-13', 'a month that does not exist'],
    ['2025-00', 'a month zero'],
    ['2025-01-00', 'a day zero'],
    ['0999', 'a year before 1000'],
    ['10000', 'a year after 9999'],
    ['25-03-10', 'a short year'],
    ['2025-3-1', 'numbers without a leading zero'],
    ['2025/03/10', 'slashes'],
    ['2025-03-10 09:30:00Z', 'a blank for the T'],
    ['2025-03-10T09:30Z', 'an instant without seconds'],
    ['2025-03-10T09:30:00', 'an instant without an offset'],
    ['2025-03-10T24:00:00Z', 'an hour 24'],
    ['2025-03-10T09:60:00Z', 'a minute 60'],
    ['2025-03-10T09:30:60Z', 'a leap second'],
    ['2025-03-10T09:30:00+24:00', 'an offset of a day'],
    ['2025-03-10\n', 'a line break behind it'],
    [' 2025', 'a space before it'],
    ['', 'nothing'],
  ])('%j is no date: %s', (text) => {
    expect(parseDate(text)).toBeUndefined()
  })

  it('reads every day of the calendar as the day it names', () => {
    const first = at('1000-01-01') / DAY_MS
    const last = at('9999-12-31') / DAY_MS
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (day) => {
        const bounds = dateBounds(dayText(day))
        expect(bounds).toMatchObject({ precision: 'day', earliest: day * DAY_MS, latest: day * DAY_MS })
      }),
    )
  })

  it('gives the same bounds when it reads a text again', () => {
    expect(dateBounds('2031-07')).toEqual(dateBounds('2031-07'))
  })

  it('throws for a text that has to be a date and is none', () => {
    expect(() => dateBounds('2025-02-30')).toThrow(RangeError)
  })
})

describe('the first day from a moment', () => {
  it('is that day at its midnight and the next one a moment later', () => {
    const midnight = at('2025-03-10T00:00:00Z')
    expect(dayText(firstDayFrom(midnight))).toBe('2025-03-10')
    expect(dayText(firstDayFrom(midnight + 1))).toBe('2025-03-11')
    expect(dayText(firstDayFrom(midnight - 1))).toBe('2025-03-10')
  })
})
