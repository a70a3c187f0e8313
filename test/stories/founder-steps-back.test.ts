import { beforeAll, describe, expect, it } from 'vitest'
import { aRole, day, on, START } from '../projections/lived.ts'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'
import { figuresAt, type InfluenceAnswer, influencesAt, lambdaOf } from './influences.ts'

const NAMES = ['noor', 'bea', 'cas', 'dov', 'eva', 'flo', 'gil', 'hal']
const [noor, bea, cas, dov, eva, flo] = NAMES.map(personNamed) as [string, string, string, string, string, string]

describe('a founder who steps back on purpose', () => {
  let s: Scenario

  beforeAll(async () => {
    s = await Scenario.founded(NAMES, { at: START })
    const warn = { sharedAtAccept: 'off', handoverNotes: 'off', turns: 'off' }
    const byWeight = [
      { fromWeight: 2, partners: 1, mode: 'warn' },
      { fromWeight: 3, partners: 2, mode: 'warn' },
    ]
    const changes = { ...warn, partnersByWeight: byWeight, influenceVisibility: 'named', respondByDays: 90 }
    await s.given('AmendPolicy', { changes }, noor)
    const roles: string[] = []
    for (const [i, weight] of [3, 2, 2, 1, 1].entries()) {
      const roleId = await aRole(s, noor, { name: `r${i + 1}`, circle: `Circle ${i + 1}`, weight, termDays: 365 })
      roles.push(roleId)
      const who = i === 4 ? bea : noor
      const offered = await s.given('OfferRole', { roleId, toId: who }, who === noor ? bea : noor)
      await s.given('AcceptRole', { roleId, askId: fieldOf(offered, 'RoleOffered', 'askId') }, who)
    }
    const handsOver = async (roleId: string | undefined, toIds: readonly string[], at: number, together = false) => {
      const offer = { roleId, toIds, together, handoverAt: day(at), overlapFrom: day(at), notes: {} }
      const offered = await s.given('HandOverRole', offer, noor)
      for (const [i, event] of offered.entries())
        await s.given('AcceptHandover', { askId: (event.data as { askId: string }).askId }, toIds[i])
    }
    await handsOver(roles[1], [cas], 45)
    await handsOver(roles[2], [dov], 90)
    await handsOver(roles[3], [eva], 135)
    await handsOver(roles[0], [bea, flo], 180, true)
    // A year later every term is over and would be held over: ask before that.
    on(s, 361)
  })

  it.each([
    [0, 8, 4.235, [0.5126, 3.1758, 0.397, 0.5294, 1], 0.217],
    [135, 6.4142, 2.906, [0.4262, 4.9629, 0.6204, 0.3632, 2], 0.0874],
    [180, 5.4142, 2.289, [0.3435, 6.0065, 0.7508, 0.2862, 3], 0.0474],
    [360, 1.3536, 1.026, [0.2385, 7.012, 0.8765, 0.1907, 3], 0.0201],
  ])('on day %i', async (n, influence, lambda, figures, hhi) => {
    const point = { asOf: day(n) }
    expect(await influencesAt(s, ['noor'], point)).toEqual([influence])
    expect(await lambdaOf(s, 'noor', point)).toBe(lambda)
    expect(await figuresAt(s, point)).toEqual(figures)
    const { concentration } = await s.ask<InfluenceAnswer>('influence', {}, point)
    expect(concentration.hhiNormalised).toBeCloseTo(hhi, 4)
  })

  it.each([
    [0, 3],
    [135, 2],
    [180, 2],
    [360, 0],
  ])('on day %i Noor’s influence asks her to answer to %i people', async (n, required) => {
    const { gaps } = await s.ask<{ gaps: readonly { person: { name: string }; asked: number }[] }>(
      'accountability-coverage',
      {},
      { asOf: day(n) },
    )
    // A role of weight 3 asks for two by itself, until it is handed over.
    const asked = gaps.find(({ person }) => person.name === 'noor')?.asked ?? 0
    expect(asked).toBe(required)
  })

  it.each([
    [0, ['watch'], 0],
    [135, ['moving'], 0.2154],
    [180, ['moving'], 0.2717],
    [360, ['moving'], 0.2034],
  ])('on day %i the signals are %j', async (n, kinds, turnover) => {
    const answer = await s.ask<{ signals: readonly { kind: string; about: string }[]; turnover: number }>(
      'influence-signals',
      {},
      { asOf: day(n) },
    )
    const about = (what: string) => answer.signals.filter((each) => each.about === what).map(({ kind }) => kind)
    expect(about('concentration')).toEqual(kinds)
    // Nobody is her partner: that she would like one is asked as long as she carries much.
    expect(about('accountability')).toEqual(n === 135 || n === 180 ? ['attend'] : [])
    expect(answer.turnover).toBeCloseTo(turnover, 4)
  })

  it('Noor had twice the mean voice on 209 of 360 days: no more than a question would need', async () => {
    const { longestHigh, daysLookedAt } = await s.ask<{ longestHigh: number; daysLookedAt: number }>(
      'influence-signals',
      {},
      { asOf: day(360) },
    )
    expect(daysLookedAt).toBe(360)
    expect(longestHigh).toBeCloseTo(209 / 360, 6)
  })

  it('0.4099 of all voices moved in that year; Noor was on top on 281 of 360 days, Bea on the others', async () => {
    const { turnover } = await s.ask<{ turnover: number }>('influence-movement', { from: day(0), through: day(360) })
    expect(turnover).toBeCloseTo(0.4099, 4)
    const { people } = await s.ask<{ people: readonly { person: { name: string }; onTop: number }[] }>(
      'influence-movement',
      { from: day(0), through: day(359) },
    )
    expect(people.map(({ person, onTop }) => [person.name, Math.round(onTop * 360)])).toEqual([
      ['bea', 79],
      ['noor', 281],
    ])
  })

  it('without handovers she would have been high on every day, and it would be asked whose turn it could be', async () => {
    const alone = await Scenario.founded(NAMES, { at: START })
    await alone.given('AmendPolicy', { changes: { sharedAtAccept: 'off', partnersByWeight: [] } }, noor)
    for (const [i, weight] of [3, 2, 2, 1].entries()) {
      const roleId = await aRole(alone, noor, { name: `r${i + 1}`, weight, termDays: 365 })
      const offered = await alone.given('OfferRole', { roleId, toId: noor }, bea)
      await alone.given('AcceptRole', { roleId, askId: fieldOf(offered, 'RoleOffered', 'askId') }, noor)
    }
    const answer = await alone.ask<{ longestHigh: number; signals: readonly { kind: string; about: string }[] }>(
      'influence-signals',
      {},
      { asOf: day(360) },
    )
    expect(answer.longestHigh).toBe(1)
    expect(answer.signals).toContainEqual(expect.objectContaining({ kind: 'attend', about: 'concentration' }))
  })

  it('her step-back, piece by piece, would bring her below twice the mean voice', async () => {
    type Plan = { now: { lambda: number }; pieces: readonly { level: number; afterwards: { lambda: number } }[] }
    const alone = await Scenario.founded(NAMES, { at: START })
    await alone.given('AmendPolicy', { changes: { sharedAtAccept: 'off', partnersByWeight: [] } }, noor)
    for (const [i, weight] of [3, 2].entries()) {
      const roleId = await aRole(alone, noor, { name: `r${i + 1}`, weight })
      const offered = await alone.given('OfferRole', { roleId, toId: noor }, bea)
      await alone.given('AcceptRole', { roleId, askId: fieldOf(offered, 'RoleOffered', 'askId') }, noor)
    }
    const { now, pieces } = await alone.ask<Plan>('my-step-back', {}, {}, noor)
    expect(now.lambda).toBeCloseTo((8 * 6) / 13, 6)
    expect(pieces.map(({ level }) => level)).toEqual([3, 2])
    expect(pieces.map(({ afterwards }) => afterwards.lambda)).toEqual(
      [(8 * 3) / 13, 8 / 13].map((x) => Number(x.toFixed(6))),
    )
  })

  it('four people led for the first time, and Noor made it possible', async () => {
    expect(await s.ask('my-influence', {}, {}, noor)).toMatchObject({ activation: 4 })
    expect(await s.ask('who-led', { from: '2026-01-05', through: '2026-12-30' })).toMatchObject({
      leaders: 6,
      of: 8,
      firstActs: 4,
    })
  })
})
