import { describe, expect, it } from 'vitest'
import { dutiesOf } from '../../commands/influence/duties.ts'
import { dayMs, Told } from './told.ts'

describe('what influence asks of somebody who takes a role on', () => {
  it.each([
    [2, 1.6],
    [3, 2],
    [5, 2.5],
    [8, 2.9091],
    [15, 3.3333],
    [30, 3.6364],
  ])('of %i members, all else equal, whoever takes a weight of 3 has %f times the mean voice', (n, lambda) => {
    const told = new Told().founded('hospitality', ...Array.from({ length: n }, (_, i) => `p${i}`))
    const duties = dutiesOf(told.state(), 'p0', dayMs(0), { delta: 3, weight: 3 })
    expect(duties.lambda).toBeCloseTo(lambda, 4)
    expect(duties.requiredByWeight).toBe(2)
  })

  it('a steward and two partners: who answers to whom, and how loud each is', () => {
    const told = new Told().founded('hospitality', 'ana', 'ben', 'chi', 'dee', 'eli').role('steward', 3)
    const before = dutiesOf(told.state(), 'ana', dayMs(0), { delta: 3, weight: 3 })
    expect(before).toMatchObject({ lambda: 2.5, band: 'high', required: 2, mode: 'require' })
    told.answersTo('ana', 'chi')
    told.answersTo('ana', 'dee')
    const after = dutiesOf(told.state(), 'ana', dayMs(0), { delta: 3, weight: 3 })
    expect(after.lambda).toBeCloseTo((5 * 4) / 8.5, 9)
    expect(after).toMatchObject({ required: 2, band: 'high' })
    told.takes('steward', 'ana', 182)
    told.learns('steward', 'ben')
    const state = told.state()
    const influence = (person: string, day: number) => state.live.totalOf(person, dayMs(day))
    expect(['ana', 'ben', 'chi', 'dee', 'eli'].map((person) => influence(person, 0))).toEqual([3, 0.75, 0.25, 0.25, 0])
    expect(dutiesOf(state, 'ana', dayMs(0)).lambda).toBeCloseTo(2.162, 3)
    // Being somebody's partner is care: it costs no duties.
    expect(dutiesOf(state, 'chi', dayMs(0)).lambda).toBeCloseTo(5 / 9, 9)
    told.on(167)
    told.answersTo('ben', 'chi')
    told.answersTo('ben', 'dee')
    told.handsOver(
      'steward',
      'ana',
      'ben',
      { overlapFrom: 168, handoverAt: 182, days: 182 },
      {
        endsUnderstudy: 'steward/ben/understudy',
      },
    )
    const later = told.state()
    const vector = (day: number) =>
      ['ana', 'ben', 'chi', 'eli'].map((person) => Number(later.live.totalOf(person, dayMs(day)).toFixed(4)))
    expect(vector(167)).toEqual([3, 0.75, 0.5, 0])
    expect(vector(168)).toEqual([3, 1.5, 0.5, 0])
    expect(vector(182)).toEqual([2.8467, 3, 0.5, 0])
    expect(vector(272)).toEqual([1.4233, 3, 0.5, 0])
  })
})
