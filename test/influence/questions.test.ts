import { beforeAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { aRole, day, learns, on, START, takes } from '../projections/lived.ts'
import type { InfluenceAnswer } from '../stories/influences.ts'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'

const NAMES = ['zoe', 'ana', 'ben', 'chi', 'dee', 'eli']
const [zoe, ana, ben] = NAMES.map(personNamed) as [string, string, string]

interface Shown {
  readonly people: readonly {
    readonly person: { readonly id: string; readonly name: string }
    readonly influence: Readonly<Record<string, number>>
    readonly informal: number | null
    readonly lambda: number | null
  }[]
  readonly count: number
  readonly concentration: InfluenceAnswer['concentration'] & {
    readonly notSeen: string
    readonly reason: string | null
  }
  readonly withoutBaseline: { readonly giniCorrected: number | null }
  readonly counting: {
    readonly population: string
    readonly baseline: number
    readonly policyVersion: number
    readonly halfLifeDays: number | null
  }
}

describe('questions about influence', () => {
  let s: Scenario
  let roleId: string
  const asked = (params: object = {}, point: object = {}) => s.ask<Shown>('influence', params, point)
  const amend = (changes: object) => s.given('AmendPolicy', { changes }, ana)

  beforeAll(async () => {
    s = await Scenario.founded(NAMES, { at: START })
    roleId = await aRole(s, ana, { name: 'Herald', weight: 1.5 })
    await takes(s, roleId, ana, zoe)
    await learns(s, roleId, zoe, ben)
    const kind = { kind: 'project', title: 'Garden', purpose: 'To grow.' }
    const invitationId = fieldOf(await s.given('ProposeInvitation', kind, ana), 'InvitationProposed', 'invitationId')
    await s.given('AcceptInvitation', { invitationId }, ben)
    on(s, 10)
  })

  it('show offices alone of others, by name and never by how much, unless the community says otherwise', async () => {
    const formal = await asked()
    expect(formal.people.map(({ person }) => person.name)).toEqual(['ben', 'zoe'])
    expect(formal.people.every(({ informal, lambda }) => informal === null && lambda === null)).toBe(true)
    // The informal part of Ana counts in the figures, and is hers alone to see.
    expect(JSON.stringify(formal.people)).not.toContain('invitationAccepted')
    await amend({ influenceVisibility: 'named' })
    const named = await asked()
    expect(named.people.map(({ person }) => person.name)).toEqual(['ana', 'ben', 'zoe'])
    expect(named.people[0]?.influence.invitationAccepted).toBeGreaterThan(0.4)
    expect(named.concentration).toEqual(formal.concentration)
    await amend({ influenceVisibility: 'aggregate' })
    const aggregate = await asked()
    expect(aggregate.people).toEqual([])
    expect(aggregate.concentration).toEqual(formal.concentration)
    expect((await asked({ population: 'holders' })).concentration).toMatchObject({
      nakamoto: null,
      reason: 'fewer-than-five',
    })
    const period = { from: day(10), to: day(10), population: 'holders' }
    expect(await s.ask('influence-series', period)).toMatchObject({
      points: [{ people: 2, nakamoto: null, reason: 'fewer-than-five' }],
    })
    await amend({ influenceVisibility: 'formal' })
  })

  it('show one’s own whole', async () => {
    const { mine, asked: to } = await s.ask<{ mine: Shown['people'][number]; asked: number }>(
      'my-influence',
      {},
      {},
      ana,
    )
    expect(mine.influence.invitationAccepted).toBeCloseTo(0.5 * 2 ** (-10 / 90), 6)
    expect(mine.lambda).toBeGreaterThan(0)
    expect(to).toBe(0)
  })

  it('say how they counted, and show what is hidden by the baseline', async () => {
    const { counting, concentration, withoutBaseline, count } = await asked()
    expect(count).toBe(6)
    expect(counting).toMatchObject({ population: 'members', baseline: 1, halfLifeDays: 90 })
    expect(counting.policyVersion).toBeGreaterThan(0)
    expect(withoutBaseline.giniCorrected).toBeGreaterThan(concentration.giniCorrected)
    expect(concentration.notSeen).toMatch(/not in this record/)
    const bare = await asked({ decay: 'none', baseline: 0, weights: 'unit' })
    expect(bare.counting).toMatchObject({ baseline: 0, halfLifeDays: null, weights: null })
    expect((await asked({ decay: '30' })).counting.halfLifeDays).toBe(30)
  })

  it('answer for an earlier point as they did then, and by the rules of the moment asked about', async () => {
    const revision = (await s.hot()).head.revision
    const before = await asked({}, { asOf: day(10), atRevision: revision })
    await amend({ halfLifeDays: 14 })
    on(s, 20)
    expect(await asked({}, { asOf: day(10), atRevision: revision })).toEqual(before)
    expect((await asked({}, { asOf: day(9) })).counting.halfLifeDays).toBe(90)
    expect((await asked()).counting.halfLifeDays).toBe(14)
    await amend({ halfLifeDays: 90 })
  })

  it('are null with a reason where there is nobody or nothing', async () => {
    expect((await asked({}, { asOf: '2020-01-01' })).concentration).toMatchObject({
      nakamoto: null,
      reason: 'no-members',
    })
    const nothing = await asked({ component: 'mentoring', baseline: 0 })
    expect(nothing.concentration).toMatchObject({ nakamoto: null, reason: 'no-influence' })
    expect(nothing.withoutBaseline).toMatchObject({ giniCorrected: null })
  })

  it('refuse names nobody knows, and a period that ends before it begins', async () => {
    for (const params of [{ circle: 'nowhere' }, { member: 'nobody' }, { gathering: 'none' }]) {
      const refusal = await s.ask('influence', params)
      expect(isRefusal(refusal) && refusal.code).toBe('UNKNOWN_REFERENCE')
    }
    const whereabouts = await s.ask('influence', { population: 'present' })
    expect(isRefusal(whereabouts) && whereabouts.code).toBe('VALIDATION_FAILED')
    const backwards = await s.ask('influence-series', { from: '2026-02-01', to: '2026-01-01' })
    expect(isRefusal(backwards) && backwards.code).toBe('VALIDATION_FAILED')
    const endless = await s.ask('influence-series', { from: '1900-01-01', to: '2026-01-01', step: 'day' })
    expect(isRefusal(endless) && endless.code).toBe('VALIDATION_FAILED')
  })

  it('lose the voice of whoever leaves, and count the engaged alone where asked', async () => {
    expect((await asked({ population: 'engaged' })).count).toBe(6)
    await s.given('LeaveCommunity', {}, zoe)
    expect((await asked()).count).toBe(5)
    expect((await asked({}, { asOf: day(10) })).count).toBe(6)
    on(s, 300)
    expect((await asked({ population: 'engaged' })).count).toBe(0)
  })
})
