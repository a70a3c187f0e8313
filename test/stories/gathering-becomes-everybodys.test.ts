import { beforeAll, describe, expect, it } from 'vitest'
import { day, on, START } from '../projections/lived.ts'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'
import { figuresAt, influencesAt } from './influences.ts'

const NAMES = ['ana', 'ben', 'chi', 'dee', 'eli', 'fay']
const [ana, ben, chi, dee, eli] = NAMES.map(personNamed) as [string, string, string, string, string]

describe('a gathering that becomes everybody’s, and whose influence it was', () => {
  let s: Scenario

  beforeAll(async () => {
    s = await Scenario.founded(NAMES, { at: START })
    await s.given('AmendPolicy', { changes: { influenceVisibility: 'named' } }, ana)
    const what = {
      kind: 'gathering',
      title: 'Tidepool',
      purpose: 'To be together.',
      startsAt: day(30),
      endsAt: day(33),
    }
    const proposed = await s.given('ProposeInvitation', what, ana)
    const invitationId = fieldOf(proposed, 'InvitationProposed', 'invitationId')
    await s.given('JoinAsInviter', { invitationId }, ben)
    for (const who of [chi, dee, eli]) await on(s, 2).given('AcceptInvitation', { invitationId }, who)
    const gave = { invitationId, phase: 'preparation', what: 'Prepared it' }
    await on(s, 29).given('RecordContribution', { ...gave, hours: 20 }, ana)
    await s.given('RecordContribution', { ...gave, hours: 10 }, ben)
    await on(s, 31).given('MakeYourselfAtHome', { invitationId }, ana)
    for (const who of [chi, dee, eli]) await s.given('TakeUpHome', { invitationId }, who)
    on(s, 310)
  })

  it.each([
    [30, [3.5892, 2.5968, 0.1, 0.1, 0.1, 0], [0.4074, 4.036, 0.6727, 0.3675, 2]],
    [31, [2.9693, 1.9846, 0.4992, 0.4992, 0.4992, 0], [0.31, 4.7843, 0.7974, 0.3188, 2]],
    [33, [2.93, 1.9604, 0.4977, 0.4977, 0.4977, 0], [0.3075, 4.8015, 0.8003, 0.3174, 2]],
    [123, [1.465, 0.9802, 0.2489, 0.2489, 0.2489, 0], [0.2071, 5.3896, 0.8983, 0.2682, 3]],
    [303, [0.3663, 0.245, 0.0622, 0.0622, 0.0622, 0], [0.07, 5.9233, 0.9872, 0.201, 3]],
  ])('on day %i', async (n, influences, figures) => {
    const point = { asOf: day(n) }
    // Before the at-home moment is known, day 31 is as it was recorded that day; all are asked much later.
    expect(await influencesAt(s, NAMES, point)).toEqual(influences)
    expect(await figuresAt(s, point)).toEqual(figures)
  })

  it('Ana has 2.205 times the mean voice on day 30: her influence answers to two people', async () => {
    const { people } = await s.ask<{ people: readonly { person: { name: string }; lambda: number }[] }>(
      'influence',
      { member: 'ana' },
      { asOf: day(30) },
    )
    expect(people[0]?.lambda).toBeCloseTo(2.205, 3)
  })

  it('of the gathering alone: everybody present has the same part in hosting it', async () => {
    const { live } = { live: await s.events() }
    const invitationId = live.find(({ type }) => type === 'InvitationProposed')?.data.invitationId
    const { people, counting, count } = await s.ask<{
      people: readonly { influence: Record<string, number> }[]
      counting: { population: string }
      count: number
    }>('influence', { gathering: invitationId, component: 'hosting' }, { asOf: day(32) })
    expect(counting.population).toBe('present')
    expect(count).toBe(5)
    for (const { influence } of people) expect(influence.hosting).toBeCloseTo(0.4, 6)
    expect(people).toHaveLength(5)
  })
})
