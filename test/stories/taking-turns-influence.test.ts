import { beforeAll, describe, expect, it } from 'vitest'
import { aRole, day, learns, on, START, takes, takesOver } from '../projections/lived.ts'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'
import { type InfluenceAnswer, influencesAt, lambdaOf } from './influences.ts'

const NAMES = ['ana', 'ben', 'chi', 'dee', 'eli']
const [ana, ben, chi, dee, eli] = NAMES.map(personNamed) as [string, string, string, string, string]

describe('taking turns: whose influence it is', () => {
  let s: Scenario
  let roleId: string

  beforeAll(async () => {
    s = await Scenario.founded(NAMES, { at: START })
    await s.given('AmendPolicy', { changes: { influenceVisibility: 'named' } }, ana)
    roleId = await aRole(s, ana, { name: 'Gathering Steward', weight: 3, termDays: 182 })
    const partner = async (whose: string, who: string) => {
      const asked = await s.given('InviteAccountabilityPartner', { toId: who }, whose)
      const yes = { askId: fieldOf(asked, 'AccountabilityPartnerInvited', 'askId') }
      return fieldOf(await s.given('AcceptAccountability', yes, who), 'AccountabilityStarted', 'accountabilityId')
    }
    const ties = [await partner(ana, chi), await partner(ana, dee)]
    await takes(s, roleId, chi, ana)
    await learns(s, roleId, ana, ben)
    on(s, 167)
    for (const who of [chi, dee]) await partner(ben, who)
    await takesOver(s, roleId, ana, ben, day(182))
    await learns(on(s, 182), roleId, ben, eli)
    for (const accountabilityId of ties) await s.given('EndAccountability', { accountabilityId }, ana)
    on(s, 363)
  })

  it.each([
    [0, [3, 0.75, 0.25, 0.25, 0], [2.162, 0.946], [0.3514, 0.738]],
    [168, [3, 1.5, 0.5, 0.5, 0], [1.905, 1.19], [0.3333, 0.7946]],
    [182, [2.8467, 3, 0.25, 0.25, 0.75], [1.59, 1.653], [0.3347, 0.7913]],
    [272, [1.4233, 3, 0.25, 0.25, 0.75], [1.135, 1.874], [0.3126, 0.812]],
  ])('on day %i', async (n, influences, multiples, [gini, evenness]) => {
    const point = { asOf: day(n) }
    expect(await influencesAt(s, NAMES, point)).toEqual(influences)
    expect([await lambdaOf(s, 'ana', point), await lambdaOf(s, 'ben', point)]).toEqual(multiples)
    const { concentration } = await s.ask<InfluenceAnswer>('influence', {}, point)
    expect(concentration.giniCorrected).toBeCloseTo(gini ?? 0, 4)
    expect(concentration.evenness).toBeCloseTo(evenness ?? 0, 4)
  })

  it('between the first and the 272nd day 0.2414 of all voices moved', async () => {
    const period = { from: day(0), through: day(272) }
    const { turnover } = await s.ask<{ turnover: number }>('influence-movement', period)
    expect(turnover).toBeCloseTo(0.2414, 4)
  })

  it('the role went round: 175 and 189 days in the seat, as if evenly shared by 1.9985', async () => {
    const { roles } = await s.ask<{ roles: readonly object[] }>('rotation', { from: day(0), through: day(363) })
    expect(roles).toMatchObject([{ holders: 2, terms: 2, holdersPerTerm: 1, longestDays: 196 }])
    expect((roles[0] as { effectiveHolders: number }).effectiveHolders).toBeCloseTo(1.9985, 4)
  })

  it('two of five led, each about half of the time', async () => {
    on(s, 364)
    const led = await s.ask<{ breadth: number; people: readonly { person: { name: string }; duty: number }[] }>(
      'who-led',
      { from: day(0), through: day(363) },
    )
    expect(led.breadth).toBeCloseTo(2 / 5, 9)
    expect(led.people.map(({ person, duty }) => [person.name, Number(duty.toFixed(4))])).toEqual([
      ['ana', 0.5],
      ['ben', 0.5385],
    ])
  })
})
