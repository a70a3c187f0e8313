import { beforeEach, describe, expect, it } from 'vitest'
import { personNamed, Scenario } from '../support/scenario.ts'
import { aRole, day, imports, learns, on, START, takes } from './lived.ts'

const [ana, ben, chi] = ['ana', 'ben', 'chi'].map(personNamed) as [string, string, string]
let s: Scenario
beforeEach(async () => {
  s = await Scenario.founded(['ana', 'ben', 'chi'], { at: START })
})

type Roles = { readonly roles: readonly Record<string, unknown>[] }
const first = async (asOf: string, params: object = {}) => (await s.ask<Roles>('horizon', params, { asOf })).roles[0]

describe('the horizon', () => {
  it('lists a role nobody ever held as vacant since it was defined, and drops it once it is retired', async () => {
    const roleId = await aRole(s, ana)
    expect(await first(day(30))).toMatchObject({ vacant: [{ seat: 1, since: day(0) }], date: day(0) })
    await on(s, 40).given('RetireRole', { roleId }, ana)
    expect(await s.ask('horizon')).toMatchObject({ count: 0 })
    expect(await s.ask('horizon', {}, { asOf: day(30) })).toMatchObject({ count: 1 })
  })

  it('has a role that is held and far from its end, with nothing to say of it', async () => {
    await takes(s, await aRole(s, ana), ana, ben)
    const states = { ending: [], heldOver: [], vacant: [], withoutSecond: [], onLeave: [] }
    expect(await first(day(10))).toMatchObject({ ...states, date: null })
    expect(await first(day(10), { within: 200 })).toMatchObject({ ending: [{ termEnd: day(182), daysLeft: 172 }] })
  })

  it('counts the days left up to the end, and takes terms within as many days', async () => {
    await takes(s, await aRole(s, ana), ana, ben)
    expect(await first(day(91))).toMatchObject({ ending: [] })
    expect(await first(day(92))).toMatchObject({ ending: [{ daysLeft: 90, seat: 1, termNumber: 1 }] })
    expect(await first(day(181.5))).toMatchObject({ ending: [{ daysLeft: 1 }] })
    expect(await first(day(182))).toMatchObject({ ending: [], heldOver: [{ termEnd: day(182), until: day(212) }] })
  })

  it('tells of a role that carries much who holds it alone, since when, and until when that is fine', async () => {
    const roleId = await aRole(s, ana, { weight: 2 })
    await takes(s, roleId, ana, ben)
    expect(await first(day(0))).toMatchObject({
      withoutSecond: [{ person: { name: 'ben' }, since: day(0), dueBy: day(30) }],
    })
    const understudy = await learns(on(s, 10), roleId, ben, chi)
    expect(await first(day(10))).toMatchObject({ withoutSecond: [] })
    await on(s, 20).given('EndUnderstudy', { holdingId: understudy }, chi)
    expect(await first(day(20))).toMatchObject({ withoutSecond: [{ since: day(20), dueBy: day(50) }] })
  })

  it('follows the rules in force: who needs a second person is a matter of policy, and of the role', async () => {
    const roleId = await aRole(s, ana, { weight: 1 })
    await takes(s, roleId, ana, ben)
    expect(await first(day(0))).toMatchObject({ withoutSecond: [] })
    await on(s, 5).given('AmendPolicy', { changes: { sharedFromWeight: 1 } }, ana)
    expect(await first(day(5))).toMatchObject({ withoutSecond: [{ person: { name: 'ben' } }] })
    expect(await first(day(4))).toMatchObject({ withoutSecond: [] })
    await on(s, 6).given('AmendRole', { roleId, changes: { understudy: 'never' } }, ana)
    expect(await first(day(6))).toMatchObject({ withoutSecond: [] })
  })

  it('names who has accepted to begin in a vacant seat', async () => {
    const roleId = await aRole(s, ana)
    await takes(s, roleId, ana, ben, { termStart: day(30) })
    expect(await first(day(1))).toMatchObject({ vacant: [{ since: day(0), until: day(30) }] })
    expect(await first(day(30))).toMatchObject({ vacant: [] })
  })

  it('shows a holder on leave, with nobody acting, and without an end where none was named', async () => {
    await takes(s, await aRole(s, ana), ana, ben)
    await on(s, 10).given('TakeLeave', {}, ben)
    expect(await first(day(11))).toMatchObject({
      onLeave: [{ person: { name: 'ben' }, from: day(10), until: null, acting: [] }],
      vacant: [],
    })
  })

  it('comes by date, then by name, and what has no date comes last', async () => {
    const held = await aRole(s, ana, { circle: 'One', name: 'Baker' })
    await aRole(on(s, 1), ana, { circle: 'Two', name: 'Zither' })
    await aRole(s, ana, { circle: 'Three', name: 'Alto' })
    await takes(s, held, ana, ben)
    const { roles } = await s.ask<Roles>('horizon')
    expect(roles).toMatchObject([{ role: { name: 'Alto' } }, { role: { name: 'Zither' } }, { role: { name: 'Baker' } }])
    expect(await s.ask('horizon', { circle: 'Two' })).toMatchObject({ count: 1, roles: [{ role: { name: 'Zither' } }] })
  })

  it('takes an imported role for vacant from its last end on, unless its circle was closed', async () => {
    const rows = [{ memberId: 'lou', role: 'elder', from: '2020-01-01', to: '2021-06-01' }]
    await imports(s, 'council', rows)
    await s.given('ImportCircles', {
      importId: 'minutes',
      rows: [{ circle: 'old', name: 'Old', from: '2015-01-01', to: '2022-01-01' }],
    })
    const gone = { circle: 'old', memberId: 'max', memberName: 'Max', role: 'elder', source: 'minutes' }
    await s.given('ImportHoldings', { importId: 'minutes', rows: [{ ...gone, from: '2020-01-01', to: '2021-01-01' }] })
    expect(await s.ask('horizon')).toMatchObject({
      count: 1,
      roles: [{ circle: { key: 'council' }, imported: true, vacant: [{ since: '2021-06-01' }] }],
    })
    // Before anybody had held it, the role is not there yet.
    expect(await s.ask('horizon', {}, { asOf: '2019-01-01' })).toMatchObject({ count: 0 })
    expect(await first('2021-05-01', { circle: 'council' })).toMatchObject({ ending: [{ daysLeft: 31 }] })
    // The other circle was open then, and nobody had the role in it.
    expect(await first('2021-05-01')).toMatchObject({ circle: { key: 'old' }, vacant: [{ since: '2021-01-01' }] })
  })

  it('gives a row for each state, and one where there is none', async () => {
    await takes(s, await aRole(s, ana, { weight: 2 }), ana, ben)
    await aRole(s, ana, { circle: 'Two', name: 'Alto', seats: 2 })
    await takes(s, await aRole(s, ana, { circle: 'Three', name: 'Zither' }), ana, ben)
    const question = s.registry.questions.get('horizon')
    const rows = question?.rows?.(await s.ask('horizon', {}, { asOf: day(100) }))
    expect(rows?.map(({ role, state }) => `${role}: ${state}`)).toEqual([
      'Alto: vacant',
      'Alto: vacant',
      'Cook: ending',
      'Cook: without second person',
      'Zither: ending',
    ])
    const quiet = question?.rows?.(await s.ask('horizon', { circle: 'Three' }, { asOf: day(10) }))
    expect(quiet).toMatchObject([{ role: 'Zither', state: 'held', person: null }])
  })
})
