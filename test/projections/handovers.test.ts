import { beforeEach, describe, expect, it } from 'vitest'
import { personNamed, Scenario } from '../support/scenario.ts'
import { aRole, day, on, START, takes, takesOver } from './lived.ts'

const [ana, ben] = ['ana', 'ben'].map(personNamed) as [string, string]
let s: Scenario
let roleId: string
let holding: string
beforeEach(async () => {
  s = await Scenario.founded(['ana', 'ben'], { at: START })
  roleId = await aRole(s, ana, { handoverSteps: ['Pass the key on', 'Tell the bank'] })
  await takes(s, roleId, ben, ana)
  holding = await takesOver(on(s, 10), roleId, ana, ben, day(30))
})

const at = (n: number, asKnownAt?: string) =>
  s.ask('handover', { holding }, { asOf: day(n), ...(asKnownAt === undefined ? {} : { asKnownAt }) })

describe('a handover', () => {
  it('is to come, overlaps, and is handed over by its dates', async () => {
    expect(await at(9)).toBeUndefined()
    expect(await at(10)).toMatchObject({ state: 'to-come', overlapFrom: day(16), openSteps: 2, daysOpen: null })
    expect(await at(16)).toMatchObject({ state: 'overlap', completed: false })
    expect(await at(30)).toMatchObject({ state: 'handed-over', completed: false, daysOpen: 0 })
    expect(await at(37.5)).toMatchObject({ daysOpen: 7 })
  })

  it('is complete past its date with every step done, and not before', async () => {
    for (const step of [1, 2]) await on(s, 20 + step).given('TickHandoverStep', { holdingId: holding, step }, ana)
    on(s, 60)
    expect(await at(21)).toMatchObject({ openSteps: 1, steps: [{ done: true, by: { name: 'ana' } }, { done: false }] })
    expect(await at(29)).toMatchObject({ openSteps: 0, completed: false })
    expect(await at(30)).toMatchObject({ openSteps: 0, completed: true, daysOpen: null })
    expect(await at(30, day(21))).toMatchObject({ openSteps: 1, completed: false, daysOpen: 0 })
    expect(await s.ask('handovers', { open: false })).toMatchObject({ count: 1 })
    expect(await s.ask('handovers', { open: true })).toMatchObject({ count: 0 })
    expect(await s.ask('handovers', { open: true }, { asOf: day(29) })).toMatchObject({ count: 1 })
  })

  it('is given up where whoever was to take the role stepped back before', async () => {
    await on(s, 20).given('StepBack', { roleId }, ben)
    expect(await at(19)).toMatchObject({ state: 'overlap' })
    expect(await at(40)).toMatchObject({ state: 'given-up', completed: false, daysOpen: null })
    expect(await s.ask('handovers', { open: true })).toMatchObject({ count: 0 })
  })

  it('stays open where whoever took the role stepped back after the date', async () => {
    await on(s, 40).given('StepBack', { roleId }, ben)
    expect(await at(50)).toMatchObject({ state: 'handed-over', openSteps: 2, daysOpen: 20 })
  })

  it('is not known before its yes was recorded', async () => {
    on(s, 60)
    expect(await at(40, day(9))).toBeUndefined()
    expect(await s.ask('handovers', {}, { asOf: day(40), asKnownAt: day(9) })).toMatchObject({ count: 0 })
    expect(await s.ask('handover', { holding: 'holding_none' })).toBeUndefined()
  })

  it('is found by its role, and gives a row', async () => {
    await aRole(s, ana, { circle: 'Garden', name: 'Digger' })
    expect(await s.ask('handovers', { role: 'Digger' })).toMatchObject({ count: 0 })
    const answer = await on(s, 60).ask('handovers', { role: 'Cook' })
    expect(s.registry.questions.get('handovers')?.rows?.(answer)).toMatchObject([
      { role: 'Cook', from: 'ana', to: 'ben', daysOpen: 30, left: 'Pass the key on; Tell the bank' },
    ])
    const one = s.registry.questions.get('handover')?.rows?.(await at(60))
    expect(one).toMatchObject([{ step: 1, title: 'Pass the key on', done: false, by: null }, { step: 2 }])
  })
})
