import { beforeEach, describe, expect, it } from 'vitest'
import { personNamed, Scenario } from '../support/scenario.ts'
import { aRole, day, imports, on, START, takes } from './lived.ts'

const [ana, ben] = ['ana', 'ben'].map(personNamed) as [string, string]
let s: Scenario
beforeEach(async () => {
  s = await Scenario.founded(['ana', 'ben'], { at: START })
})

describe('a member', () => {
  it('who leaves is no member from then on, and joins again by another joining', async () => {
    await on(s, 10).given('LeaveCommunity', {}, ben)
    await on(s, 20).given('JoinCommunity', { displayName: 'Ben B.' }, ben)
    on(s, 30)
    const at = (n: number) => s.ask('person', { person: ben }, { asOf: day(n) })
    expect(await at(5)).toMatchObject({ member: true, joinedAt: `${day(0)}T00:00:00.000Z`, leftAt: null })
    expect(await at(15)).toMatchObject({ member: false, leftAt: `${day(10)}T00:00:00.000Z` })
    expect(await at(25)).toMatchObject({ member: true, joinedAt: `${day(20)}T00:00:00.000Z`, leftAt: null })
    expect(await s.ask('person', { person: ben }, { asKnownAt: day(15) })).toMatchObject({ member: false })
    expect(await s.ask('person', { person: ben }, { asKnownAt: day(5) })).toMatchObject({ member: true })
  })

  it('counts among the members of the community for as long as they are one', async () => {
    await on(s, 10).given('LeaveCommunity', {}, ben)
    await on(s, 20).given('JoinCommunity', { displayName: 'Ben' }, ben)
    const members = async (n: number) => (await s.ask('community', {}, { asKnownAt: day(n) })).members
    expect([await members(5), await members(15), await members(25)]).toEqual([2, 1, 2])
    expect(await s.ask('community')).toMatchObject({ knownPeople: 2 })
  })

  it('is on leave by its dates, as the record knew them', async () => {
    await on(s, 10).given('TakeLeave', { from: day(5), to: day(40) }, ana)
    await on(s, 20).given('ReturnFromLeave', {}, ana)
    const at = (n: number, asKnownAt = day(20)) =>
      s.ask<{ onLeave: unknown }>('person', { person: ana }, { asOf: day(n), asKnownAt })
    expect(await at(4)).toMatchObject({ onLeave: null })
    expect(await at(15)).toMatchObject({ onLeave: { from: day(5), to: `${day(20)}T00:00:00.000Z` } })
    expect(await at(20)).toMatchObject({ onLeave: null })
    expect(await at(25, day(15))).toMatchObject({ onLeave: { from: day(5), to: day(40) } })
    expect(await at(7, day(9))).toMatchObject({ onLeave: null })
  })
})

describe('a history claimed', () => {
  let knownPersonId: string
  let before: number
  beforeEach(async () => {
    const rows = [
      { memberId: 'annie', memberName: 'Annie', role: 'elder', from: '2020-01-01', to: '2021-01-01' },
      { memberId: 'max', role: 'elder', from: '2020-06-01', to: '2021-06-01' },
    ]
    await imports(s, 'council', rows)
    const { people } = await s.ask<{ people: { id: string }[] }>('people', { handle: 'annie' })
    knownPersonId = people[0]?.id ?? ''
    await takes(s, await aRole(s, ben), ben, ana)
    before = (await s.hot()).head.revision
    await on(s, 10).given('ClaimMyHistory', { knownPersonId }, ana)
  })

  it('is the member’s, found by any name or id either had', async () => {
    const member = { id: ana, name: 'ana', handle: 'annie' }
    for (const person of ['annie', 'Annie', knownPersonId, 'ana', ana])
      expect(await s.ask('person', { person }), person).toMatchObject({ person: member, member: true })
    expect(await s.ask('person', { person: ana })).toMatchObject({ claimed: [{ id: knownPersonId, name: 'Annie' }] })
    const { spells } = await s.ask<{ spells: { person: unknown }[] }>('person-history', { person: 'annie' })
    expect(spells.map(({ person }) => person)).toEqual([member, member])
    const elders = await s.ask<{ holders: object[] }>('holders', { role: 'elder' }, { asOf: '2020-03-01' })
    expect(elders.holders).toMatchObject([{ person: member }])
  })

  it('was somebody else’s as long as nobody had claimed it', async () => {
    const point = { atRevision: before }
    expect(await s.ask('person', { person: 'annie' }, point)).toMatchObject({
      person: { id: knownPersonId, name: 'Annie' },
      member: false,
      claimed: [],
    })
    expect(await s.ask('person-history', { person: ana }, point)).toMatchObject({ count: 1 })
    expect(await s.ask('person-history', { person: 'annie' }, point)).toMatchObject({ count: 1 })
    expect(await s.ask('people', {}, point)).toMatchObject({ count: 4 })
    expect(await s.ask('community', {}, point)).toMatchObject({ knownPeople: 4 })
  })

  it('makes them one person wherever people are counted', async () => {
    expect(await s.ask('people')).toMatchObject({ count: 3 })
    expect(await s.ask('community')).toMatchObject({ knownPeople: 3, members: 2 })
    const { days } = await s.ask<{ days: number }>('tenure', { person: 'ana', until: day(10) })
    expect(days).toBe(366 + 10)
    expect(await s.ask('longest-tenure', { until: day(10) })).toMatchObject({ people: [{ id: ana }], days: 376 })
    expect(await s.ask('together', { person: 'ana', other: 'max', until: day(10) })).toMatchObject({ days: 214 })
    const { people } = await s.ask<{ people: { person: { id: string }; turns: object[] }[] }>('turns')
    expect(people.find(({ person }) => person.id === ana)?.turns).toHaveLength(2)
    const { entries } = await s.ask<{ entries: { type: string }[] }>('audit', { person: 'ana', limit: 500 })
    expect(entries.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['PersonImported', 'HoldingImported', 'MemberJoined', 'HistoryClaimed']),
    )
    const data = await s.ask<{ records: { type: string }[] }>('my-data', {}, {}, ana)
    expect(data.records.filter(({ type }) => /Imported/.test(type))).toHaveLength(2)
    const others = await s.ask<{ records: { type: string }[] }>('my-data', {}, {}, ben)
    expect(others.records.filter(({ type }) => /Imported/.test(type))).toEqual([])
  })
})
