import { describe, expect, it } from 'vitest'
import { type DateReading, readDateCell } from '../../../src/cli/import/csv/dates.ts'
import { parseDate } from '../../../src/kernel/dates.ts'

const dateIn = (cell: string) => {
  const reading = readDateCell(cell)
  return reading.kind === 'date' ? reading.date : reading.kind
}

describe('a cell of dates', () => {
  it.each([
    ['2021', '2021'],
    ['2021-03', '2021-03'],
    ['2021-03-05', '2021-03-05'],
    ['2021-03-05 00:00:00', '2021-03-05'],
    ['2021-03-05T09:30:00Z', '2021-03-05'],
    ['03/2021', '2021-03'],
    ['3.2021', '2021-03'],
    ['2021/3', '2021-03'],
    ['25/03/2021', '2021-03-25'],
    ['03/25/21', '2021-03-25'],
    ['04/04/2021', '2021-04-04'],
    ['3.4.2021', '2021-04-03'],
    ['1. 3. 2021', '2021-03-01'],
    ['01.03.75', '1975-03-01'],
    ['44256', '2021-03-01'],
    ['Mar-21', '2021-03'],
    ['March 2021', '2021-03'],
    ['Sept. 2021', '2021-09'],
    ['12 March 2021', '2021-03-12'],
    ['March 12th, 2021', '2021-03-12'],
    ['12. März 2021', '2021-03-12'],
    ['1er février 2021', '2021-02-01'],
    ['3 de marzo de 2021', '2021-03-03'],
    ['12 maart 2021', '2021-03-12'],
    ['gennaio 2020', '2020-01'],
    ['seit August 2020', '2020-08'],
    ['since 2019', '2019'],
  ])('"%s" is %s', (cell, date) => {
    expect(dateIn(cell)).toBe(date)
    expect(parseDate(date)?.text).toBe(date)
  })

  it.each(['still', 'Present', 'heute', 'bis heute', 'aujourd’hui', 'actualmente', 'tot heden', 'in corso'])(
    '"%s" has not ended',
    (cell) => expect(dateIn(cell)).toBe('still'),
  )

  it.each(['', '–', '—', '-', '/'])('"%s" says nothing', (cell) => expect(dateIn(cell)).toBe('empty'))

  it.each(['?', 'unknown', 'unbekannt'])('"%s" says that it is not known', (cell) =>
    expect(dateIn(cell)).toBe('unknown'),
  )

  it.each<readonly [string, DateReading]>([
    ['03/04/2021', { kind: 'either', dayFirst: '2021-04-03', monthFirst: '2021-03-04' }],
    ['10-11-20', { kind: 'either', dayFirst: '2020-11-10', monthFirst: '2020-10-11' }],
  ])('"%s" is two days', (cell, reading) => expect(readDateCell(cell)).toEqual(reading))

  it.each([
    ['spring 2021', '2021'],
    ['Frühjahr 2021', '2021'],
    ['automne 2020', '2020'],
    ['Q2 2021', '2021'],
    ['early 2021', '2021'],
    ['Ende März 2021', '2021-03'],
  ])('"%s" is within %s, and says so', (cell, date) =>
    expect(readDateCell(cell)).toMatchObject({ kind: 'date', date, note: expect.stringContaining('some time in') }),
  )

  it.each([
    ['winter 2020/21', '2020'],
    ['ca. 2019', '2019'],
    ['2019?', '2019'],
    ['2011/12', '2011-12'],
    ['31/02/2021', undefined],
    ['5 May', undefined],
    ['after Lena', undefined],
  ])('"%s" is for a person to say', (cell, maybe) => {
    const reading = readDateCell(cell)
    expect(reading.kind).toBe('unclear')
    expect(reading.kind === 'unclear' ? reading.maybe : '').toBe(maybe)
  })
})
