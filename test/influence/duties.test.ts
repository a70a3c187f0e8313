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

  it('whoever proposed what was adopted has 2 more, whoever objected and was met 1; dissent costs no duties', () => {
    const told = new Told().founded('hospitality', 'gus', 'kit', 'ivo')
    told.tell('ObjectionIntegrated', { objectionId: 'o1', objectorId: 'kit', personId: 'kit', proposalId: 'p1' })
    told.on(3).tell('ProposalAdopted', { proposalId: 'p1', proposerId: 'gus', personId: 'ivo' })
    const state = told.state()
    expect(state.live.vectorOf('gus', dayMs(3)).get('proposalAdopted')).toBe(2)
    expect(state.live.totalOf('kit', dayMs(3))).toBeCloseTo(2 ** (-3 / 90), 12)
    const totalOf = (who: string) => state.live.totalOf(who, dayMs(3))
    const sum = 3 + 2 + totalOf('kit')
    expect(dutiesOf(state, 'gus', dayMs(3)).lambda).toBeCloseTo((3 * 3) / sum, 9)
    expect(dutiesOf(state, 'kit', dayMs(3)).lambda).toBeCloseTo(3 / (sum - totalOf('kit')), 9)
  })

  it('a member who leaves counts no more, and one who claims their history has it', () => {
    const told = new Told().founded('hospitality', 'ana', 'ben', 'chi')
    told.tell('RoleImported', { roleId: 'warden', circleId: 'circle', name: 'warden', weight: 2, importId: 'old' })
    const dates = {
      from: '2025-01-01',
      kind: 'holder',
      basis: 'imported',
      importId: 'old',
      source: 'x',
      sourceKey: 'k',
    }
    const holding = { holdingId: 'h', personId: 'old-ben', roleId: 'warden', circleId: 'circle', ...dates }
    told.tell('HoldingImported', holding, '2025-01-01')
    expect(dutiesOf(told.state(), 'ben', dayMs(0)).lambda).toBe(1)
    told.tell('HistoryClaimed', { personId: 'ben', knownPersonId: 'old-ben' })
    expect(dutiesOf(told.state(), 'ben', dayMs(0)).lambda).toBeCloseTo((3 * 3) / 5, 9)
    told.tell('MemberLeft', { personId: 'chi' })
    expect(dutiesOf(told.state(), 'ben', dayMs(0)).lambda).toBeCloseTo((2 * 3) / 4, 9)
  })

  it('follows the rules in force: a baseline of 0 and other weights, said at once', () => {
    const told = new Told().founded('hospitality', 'ana', 'ben').role('steward', 2)
    told.takes('steward', 'ana', 182)
    const state = told.state()
    expect(dutiesOf(state, 'ana', dayMs(0)).lambda).toBe((2 * 3) / 4)
    told.tell('PolicyAmended', { version: 1, changes: { baselineVoice: 0, influenceWeights: { roleHeld: 3 } } })
    expect(dutiesOf(told.state(), 'ana', dayMs(0)).lambda).toBe(2)
    expect(told.state().live.totalOf('ana', dayMs(0))).toBe(6)
  })
})
