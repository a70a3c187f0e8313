import { describe, expect, it } from 'vitest'
import { aRole, carries, day, imports, inRole, learns, on, START, takes, takesOver } from '../projections/lived.ts'
import { personNamed, Scenario } from '../support/scenario.ts'

const [ana, ben, maya, ravi] = ['ana', 'ben', 'maya', 'ravi'].map(personNamed) as [string, string, string, string]
type Horizon = { readonly roles: readonly { readonly circle: { readonly key: string | null } }[] }

describe('what happened in public records, asked here', () => {
  it('case A: a new representative on leave, the outgoing one substituting', async () => {
    const s = await Scenario.founded([], { at: '2024-06-01T00:00:00Z' })
    const role = 'representative'
    await imports(s, 'council', [
      { memberId: 'otto', role, from: '2022-01-01', to: '2024-02-01' },
      { memberId: 'nils', role, from: '2024-02-01', to: '2026-02-01' },
      { memberId: 'otto', role, kind: 'acting', from: '2024-02-01', to: '2024-05-01' },
    ])
    const at = (asOf: string) => carries(s, role, { asOf })
    expect(await at('2024-01-15')).toEqual([{ seat: null, seatOf: ['otto'], actedBy: ['otto'] }])
    expect(await at('2024-03-01')).toEqual([{ seat: null, seatOf: ['nils'], actedBy: ['otto'] }])
    expect(await at('2024-05-01')).toEqual([{ seat: null, seatOf: ['nils'], actedBy: ['nils'] }])
  })

  it('case D: fifteen places to update, one of them missing for a year', async () => {
    const s = await Scenario.founded(['ana', 'ben'], { at: START })
    const handoverSteps = Array.from({ length: 15 }, (_, i) => `Place ${i + 1} names the new lead`)
    const roleId = await aRole(s, ana, { name: 'Lead', handoverSteps })
    await takes(s, roleId, ana, ana)
    const holding = await takesOver(on(s, 10), roleId, ana, ben, day(20))
    for (let step = 1; step <= 15; step += 1)
      if (step !== 7) await on(s, 20 + step).given('TickHandoverStep', { holdingId: holding, step }, ben)

    const open = await on(s, 20 + 365).ask<{ handovers: readonly object[] }>('handovers', { open: true })
    expect(open.handovers).toMatchObject([
      { from: { id: ana }, to: { id: ben }, handoverAt: day(20), openSteps: 1, completed: false, daysOpen: 365 },
    ])
    const told = await s.ask<{ steps: readonly { step: number; done: boolean }[] }>('handover', { holding })
    expect(told.steps.filter(({ done }) => !done)).toEqual([
      { step: 7, title: 'Place 7 names the new lead', done: false, doneAt: null, by: null },
    ])
    expect(told.steps[0]).toMatchObject({ done: true, doneAt: `${day(21)}T00:00:00.000Z`, by: { name: 'ben' } })

    await on(s, 390).given('TickHandoverStep', { holdingId: holding, step: 7 }, ana)
    expect(await s.ask('handovers', { open: true })).toMatchObject({ count: 0 })
    expect(await s.ask('handover', { holding })).toMatchObject({ completed: true, openSteps: 0, daysOpen: null })
    expect(await s.ask('handover', { holding }, { asOf: day(389) })).toMatchObject({ completed: false, daysOpen: 369 })
  })

  it('case E: a cycle of selections that forgot one team', async () => {
    const s = await Scenario.founded([], { at: '2025-11-01T00:00:00Z' })
    const cycle = { role: 'lead', from: '2025-01-01', to: '2026-01-01' }
    for (const team of ['docs', 'garden', 'web']) await imports(s, team, [{ memberId: `${team}-lead`, ...cycle }])

    const before = await s.ask<Horizon>('horizon')
    expect(before.roles.map(({ circle }) => circle.key)).toEqual(['docs', 'garden', 'web'])
    for (const role of before.roles)
      expect(role).toMatchObject({ date: '2026-01-01', ending: [{ termEnd: '2026-01-01', daysLeft: 61, next: null }] })

    s.at('2026-01-20T00:00:00Z')
    const next = { role: 'lead', from: '2026-01-01', to: '2027-01-01' }
    for (const team of ['docs', 'web']) await imports(s, team, [{ memberId: `${team}-next`, ...next }])
    const after = await s.ask<Horizon>('horizon')
    expect(after.roles).toMatchObject([
      { circle: { key: 'garden' }, date: '2026-01-01', ending: [], vacant: [{ since: '2026-01-01', until: null }] },
      { circle: { key: 'docs' }, date: null, ending: [], vacant: [] },
      { circle: { key: 'web' }, date: null, ending: [], vacant: [] },
    ])
    expect(await s.ask('horizon', {}, { asOf: '2025-11-01', asKnownAt: '2025-11-01' })).toEqual(before)
  })

  it('case F: an active member who showed as former because of an earlier spell', async () => {
    const s = await Scenario.founded([], { at: '2024-06-01T00:00:00Z' })
    await imports(s, 'board', [
      { memberId: 'kim', role: 'member', from: '2016-01-01', to: '2018-01-01' },
      { memberId: 'kim', role: 'member', from: '2023-01-01' },
    ])
    expect(await s.ask('person-history', { person: 'kim' })).toMatchObject({
      spells: [
        { from: '2016-01-01', to: '2018-01-01', state: 'ended' },
        { from: '2023-01-01', to: null, state: 'running' },
      ],
    })
    expect(await inRole(s, 'member')).toEqual(['kim (holder, held)'])
    const turns = (asOf: string) => s.ask('turns', {}, { asOf })
    expect(await turns('2024-06-01')).toMatchObject({
      people: [{ turns: [{ terms: 2, running: true, lastTime: null }] }],
    })
    expect(await turns('2020-01-01')).toMatchObject({
      people: [{ turns: [{ terms: 1, running: false, lastTime: '2018-01-01' }] }],
    })
  })

  it('case F, lived: two spells of a member are two turns, and the running one is current', async () => {
    const s = await Scenario.founded(['ana', 'ben'], { at: START })
    const roleId = await aRole(s, ana)
    await takes(s, roleId, ben, ana)
    await on(s, 50).given('StepBack', { roleId }, ana)
    await takes(on(s, 200), roleId, ben, ana)
    const { spells } = await s.ask<{ spells: readonly object[] }>('person-history', { person: ana })
    expect(spells).toMatchObject([{ state: 'ended' }, { state: 'running' }])
    expect(await s.ask('turns')).toMatchObject({
      people: [
        { person: { name: 'ana' }, turns: [{ terms: 2, running: true }] },
        { person: { name: 'ben' }, turns: [] },
      ],
    })
  })

  it('case G: leave and step-in recorded two days late', async () => {
    const s = await Scenario.founded(['maya', 'ravi'], { at: START })
    const roleId = await aRole(s, maya)
    await takes(s, roleId, ravi, maya)
    await learns(s, roleId, maya, ravi)
    s.at('2026-04-23T12:00:00Z')
    await s.given('TakeLeave', { from: '2026-04-20', to: '2026-11-02' }, maya)
    await s.given('StepIn', { roleId }, ravi, { effectiveAt: '2026-04-21' })

    s.at('2026-12-01T00:00:00Z')
    const asOf = '2026-04-25'
    expect(await carries(s, roleId, { asOf })).toEqual([{ seat: 1, seatOf: ['maya'], actedBy: ['ravi'] }])
    const before = { asOf, asKnownAt: '2026-04-22' }
    expect(await carries(s, roleId, before)).toEqual([{ seat: 1, seatOf: ['maya'], actedBy: ['maya'] }])
    const { seats } = await s.ask<{ seats: readonly object[] }>('carrying', { role: roleId }, { asOf })
    expect(seats).toMatchObject([
      {
        seatOf: [{ status: 'on-leave', termEnd: '2027-01-18' }],
        actedBy: [{ kind: 'acting', from: '2026-04-21', to: '2026-06-20', onBehalfOf: { name: 'maya' } }],
      },
    ])
    const known = await s.ask<{ seats: readonly object[] }>('carrying', { role: roleId }, before)
    expect(known.seats).toMatchObject([{ seatOf: [{ status: 'held', termEnd: '2026-07-06' }] }])
    // The day between the leave and the step-in, and after the step-in ran out: hers, and nobody carries it.
    expect(await carries(s, roleId, { asOf: '2026-04-20' })).toMatchObject([{ seatOf: ['maya'], actedBy: [] }])
    expect(await carries(s, roleId, { asOf: '2026-06-20' })).toMatchObject([{ seatOf: ['maya'], actedBy: [] }])
    expect(await carries(s, roleId, { asOf: '2026-11-02' })).toMatchObject([{ seatOf: ['maya'], actedBy: ['maya'] }])
    expect(await s.ask('horizon', {}, { asOf })).toMatchObject({
      roles: [
        {
          onLeave: [
            {
              person: { name: 'maya' },
              from: '2026-04-20',
              until: '2026-11-02',
              acting: [{ person: { name: 'ravi' }, until: '2026-06-20' }],
            },
          ],
        },
      ],
    })
    expect(await s.ask('person', { person: 'maya' }, { asOf })).toMatchObject({
      member: true,
      onLeave: { from: '2026-04-20', to: '2026-11-02' },
    })
  })
})
