import { beforeEach, describe, expect, it } from 'vitest'
import { personNamed, Scenario } from '../support/scenario.ts'
import { aRole, day, imports, learns, on, START, takes, takesOver } from './lived.ts'

const [ana, ben, chi] = ['ana', 'ben', 'chi'].map(personNamed) as [string, string, string]
let s: Scenario
beforeEach(async () => {
  s = await Scenario.founded(['ana', 'ben', 'chi'], { at: START })
})

type People = { readonly people: readonly { person: { name: string }; member: boolean; turns: readonly object[] }[] }
const turnsAt = async (asOf: string, params: object = {}) => (await s.ask<People>('turns', params, { asOf })).people

describe('the matrix of turns', () => {
  it('has every member, by name, those without any turn too', async () => {
    const roleId = await aRole(s, ana)
    await takes(s, roleId, ana, chi)
    await learns(s, roleId, chi, ben)
    expect(await turnsAt(day(1))).toMatchObject([
      { person: { name: 'ana' }, member: true, turns: [] },
      { person: { name: 'ben' }, turns: [] },
      { person: { name: 'chi' }, turns: [{ role: { name: 'Cook' }, terms: 1, running: true, lastTime: null }] },
    ])
  })

  it('counts the terms begun by then: a renewal with its beginning, a handover with its date', async () => {
    const roleId = await aRole(s, ana)
    await takes(s, roleId, ana, ben)
    await on(s, 150).given('RenewTerm', { roleId }, ben)
    await takesOver(on(s, 200), roleId, ben, chi, day(210))
    const at = async (n: number) => (await turnsAt(day(n))).map(({ turns }) => turns[0])
    expect(await at(181)).toMatchObject([undefined, { terms: 1, running: true }, undefined])
    expect(await at(182)).toMatchObject([undefined, { terms: 2, running: true }, undefined])
    expect(await at(205)).toMatchObject([undefined, { terms: 2, running: true }, { terms: 0, running: true }])
    expect(await at(210)).toMatchObject([
      undefined,
      { terms: 2, running: false, lastTime: day(210) },
      { terms: 1, running: true },
    ])
  })

  it('does not count a term that was given up before it began', async () => {
    const roleId = await aRole(s, ana)
    await takes(s, roleId, ana, ben)
    await on(s, 150).given('RenewTerm', { roleId }, ben)
    await on(s, 160).given('StepBack', { roleId }, ben)
    expect((await turnsAt(day(300)))[1]).toMatchObject({ turns: [{ terms: 1, lastTime: `${day(160)}T00:00:00.000Z` }] })
  })

  it('keeps the turns of whoever left, and no longer lists whoever left without any', async () => {
    const roleId = await aRole(s, ana)
    await takes(s, roleId, ana, ben)
    await on(s, 10).given('LeaveCommunity', {}, ben)
    await s.given('LeaveCommunity', {}, chi)
    expect(await turnsAt(day(11))).toMatchObject([
      { person: { name: 'ana' }, member: true },
      { person: { name: 'ben' }, member: false, turns: [{ lastTime: `${day(10)}T00:00:00.000Z` }] },
    ])
    expect(await turnsAt(day(9))).toHaveLength(3)
  })

  it('asks of one circle, and names its roles', async () => {
    await takes(s, await aRole(s, ana, { circle: 'Garden', name: 'Digger' }), ana, ben)
    await takes(s, await aRole(s, ana), ana, chi)
    const garden = await s.ask<People>('turns', { circle: 'Garden' })
    expect(garden).toMatchObject({ roles: [{ role: { name: 'Digger' }, circle: { name: 'Garden' } }] })
    expect(garden.people.map(({ turns }) => turns.length)).toEqual([0, 1, 0])
  })

  it('counts spells of imported records, as holder or co-holder', async () => {
    await imports(s, 'council', [
      { memberId: 'lou', role: 'elder', from: '2010-01-01', to: '2011-01-01' },
      { memberId: 'lou', role: 'elder', kind: 'co-holder', from: '2013-01-01', to: '2014' },
      { memberId: 'lou', role: 'elder', kind: 'emeritus', from: '2014-01-01' },
    ])
    const people = await turnsAt(day(1))
    expect(people.at(-1)).toMatchObject({
      person: { name: 'lou' },
      member: false,
      turns: [{ terms: 2, running: false, lastTime: '2014' }],
    })
  })
})
