import { expect, it } from 'vitest'
import { personNamed, Scenario } from '../support/scenario.ts'
import { aRole, day, learns, on, START, takes } from './lived.ts'

const [ana, ben, chi, dee] = ['ana', 'ben', 'chi', 'dee'].map(personNamed) as [string, string, string, string]

it('tells who learns which role since when, who is ready, and what is held alone', async () => {
  const s = await Scenario.founded(['ana', 'ben', 'chi', 'dee'], { at: START })
  const cook = await aRole(s, ana, { weight: 2 })
  const digger = await aRole(s, ana, { circle: 'Garden', name: 'Digger', weight: 2 })
  await aRole(s, ana, { circle: 'Choir', name: 'Alto', weight: 2 })
  await takes(s, cook, ana, ben)
  await takes(s, digger, ana, dee)
  await learns(on(s, 5), cook, ben, chi)
  const at = (n: number, params: object = {}) => s.ask('understudies', params, { asOf: day(n) })
  const role = { role: { name: 'Cook' }, needsSecond: true, withoutSecond: [] }
  const alone = {
    role: { name: 'Digger' },
    understudies: [],
    withoutSecond: [{ person: { name: 'dee' }, since: day(0) }],
  }
  expect(await at(18.5)).toMatchObject({
    roles: [
      { ...role, understudies: [{ person: { name: 'chi' }, since: `${day(5)}T00:00:00.000Z`, days: 13 }] },
      alone,
    ],
    ready: [],
    readyAfterDays: 14,
    withoutSecond: [{ role: { name: 'Digger' } }],
  })
  expect(await at(19)).toMatchObject({ ready: [{ person: { name: 'chi' }, role: { name: 'Cook' }, days: 14 }] })
  expect(await at(4)).toMatchObject({ roles: [{ withoutSecond: [{ person: { name: 'ben' } }] }, alone] })
  expect(await at(19, { circle: 'Garden' })).toMatchObject({ roles: [alone], ready: [] })
  const rows = s.registry.questions.get('understudies')?.rows?.(await at(19))
  expect(rows).toMatchObject([
    { role: 'Cook', understudy: 'chi', days: 14, ready: true, heldAloneBy: null },
    { role: 'Digger', understudy: null, days: null, heldAloneBy: 'dee' },
  ])
})
