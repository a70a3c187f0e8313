import { beforeEach, describe, expect, it } from 'vitest'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'
import { aRole, carries, day, imports, learns, on, START, takes } from './lived.ts'

const [ana, ben, chi] = ['ana', 'ben', 'chi'].map(personNamed) as [string, string, string]
let s: Scenario
beforeEach(async () => {
  s = await Scenario.founded(['ana', 'ben', 'chi'], { at: START })
})

describe('who acts, and whose seat it is', () => {
  it('gives every seat of a role that was defined here, also one nobody has', async () => {
    const roleId = await aRole(s, ana, { seats: 3 })
    await takes(s, roleId, ana, ben)
    await takes(s, roleId, ana, chi)
    await on(s, 10).given('StepBack', { roleId }, ben)
    expect(await carries(s, roleId)).toEqual([
      { seat: 1, seatOf: [], actedBy: [] },
      { seat: 2, seatOf: ['chi'], actedBy: ['chi'] },
      { seat: 3, seatOf: [], actedBy: [] },
    ])
    expect(await carries(s, roleId, { asOf: day(5) })).toMatchObject([{ actedBy: ['ben'] }, {}, {}])
    expect(await carries(s, roleId, { asOf: day(10), asKnownAt: day(5) })).toMatchObject([{ actedBy: ['ben'] }, {}, {}])
  })

  it('leaves a shared seat with whoever is there while the other is away', async () => {
    const roleId = await aRole(s, ana)
    const besideHoldingId = await takes(s, roleId, ben, ana)
    await takes(s, roleId, ana, ben, { besideHoldingId })
    expect(await carries(s, roleId)).toEqual([{ seat: 1, seatOf: ['ana', 'ben'], actedBy: ['ana', 'ben'] }])
    await on(s, 10).given('TakeLeave', {}, ana)
    expect(await carries(s, roleId)).toEqual([{ seat: 1, seatOf: ['ana', 'ben'], actedBy: ['ben'] }])
  })

  it('has nobody where the holder is away and nobody acts, until they are back', async () => {
    const roleId = await aRole(s, ana)
    await takes(s, roleId, ben, ana)
    await learns(s, roleId, ana, chi)
    await on(s, 10).given('TakeLeave', {}, ana)
    expect(await carries(s, roleId)).toEqual([{ seat: 1, seatOf: ['ana'], actedBy: [] }])
    await on(s, 12).given('StepIn', { roleId }, chi)
    expect(await carries(s, roleId)).toEqual([{ seat: 1, seatOf: ['ana'], actedBy: ['chi'] }])
    await on(s, 20).given('ReturnFromLeave', {}, ana)
    expect(await carries(s, roleId)).toEqual([{ seat: 1, seatOf: ['ana'], actedBy: ['ana'] }])
  })

  it('is with a stand-in for the time the holder asked for, also without any leave', async () => {
    const roleId = await aRole(s, ana)
    const holdingId = await takes(s, roleId, ben, ana)
    const asked = await s.given('StandIn', { holdingId, toId: chi, from: day(10), to: day(20) }, ana)
    await s.given('AcceptStandIn', { askId: fieldOf(asked, 'StandInAsked', 'askId') }, chi)
    const by = async (n: number) => (await carries(s, roleId, { asOf: day(n) }))[0]?.actedBy
    expect([await by(9), await by(10), await by(19), await by(20)]).toEqual([['ana'], ['chi'], ['chi'], ['ana']])
  })

  it('does not guess for whom somebody acts where a record names several holders', async () => {
    const rows = [
      { memberId: 'lou', role: 'elder', from: '2020-01-01' },
      { memberId: 'max', role: 'elder', from: '2020-01-01' },
      { memberId: 'ned', role: 'elder', kind: 'acting', from: '2021-01-01' },
      { memberId: 'oli', role: 'elder', kind: 'emeritus', from: '2021-01-01' },
    ]
    await imports(s, 'council', rows)
    expect(await carries(s, 'elder')).toEqual([{ seat: null, seatOf: ['lou', 'max'], actedBy: ['lou', 'max', 'ned'] }])
  })

  it('says by its certainty where a vague date leaves open who acts', async () => {
    const rows = [
      { memberId: 'lou', role: 'elder', from: '2020-01-01' },
      { memberId: 'ned', role: 'elder', kind: 'acting', from: '2021-03', to: '2021-06-01' },
    ]
    await imports(s, 'council', rows)
    const by = async (asOf: string) => (await carries(s, 'elder', { asOf }))[0]?.actedBy
    expect(await by('2021-03-10')).toEqual(['lou', 'ned'])
    expect(await by('2021-04-10')).toEqual(['ned'])
  })

  it('leaves out the seats of a closed circle, and the other circles where one is asked about', async () => {
    await aRole(s, ana, { circle: 'Garden' })
    await aRole(s, ana, { circle: 'Kitchen' })
    const seats = async (params: object) => s.ask<{ count: number }>('carrying', params)
    expect(await seats({})).toMatchObject({ count: 2 })
    expect(await seats({ circle: 'Garden' })).toMatchObject({ count: 1, seats: [{ circle: { name: 'Garden' } }] })
    const { circles } = await s.ask<{ circles: { id: string; name: string }[] }>('circles')
    const garden = circles.find(({ name }) => name === 'Garden')
    await on(s, 1).given('CloseCircle', { circleId: garden?.id }, ana)
    expect(await seats({})).toMatchObject({ count: 1, seats: [{ circle: { name: 'Kitchen' } }] })
  })
})
