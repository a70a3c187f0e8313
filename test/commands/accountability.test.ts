import { beforeEach, describe, expect, it } from 'vitest'
import { accountabilityPolicies } from '../../commands/accountability/policies.ts'
import { Timer } from '../../src/engine/timer.ts'
import { aRole, day, learns, on, START, takes } from '../projections/lived.ts'
import { doing } from '../support/doing.ts'
import { answersTo, asksToAnswerTo, learnsFrom } from '../support/hosting.ts'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'

const PEOPLE = ['ana', 'ben', 'chi', 'dee', 'eli'] as const
const [ana, ben, chi, dee, eli] = PEOPLE.map(personNamed) as [string, string, string, string, string]

let s: Scenario
beforeEach(async () => {
  s = await Scenario.founded([...PEOPLE], { at: START })
})

interface Entry {
  readonly person: { readonly name: string }
  readonly gaps: readonly {
    readonly role: { readonly name: string }
    readonly required: number
    readonly have: number
  }[]
}
interface Ties {
  readonly people: readonly (Entry &
    Readonly<Record<'answersTo' | 'answeredBy' | 'mentors' | 'mentees', readonly { person: { name: string } }[]>>)[]
  readonly gaps: number
}

/** Who somebody is tied to at a day, in one line each. */
async function map(n: number, asKnownAt?: string): Promise<readonly string[]> {
  const point = { asOf: day(n), ...(asKnownAt === undefined ? {} : { asKnownAt }) }
  const { people } = await s.ask<Ties>('accountability', {}, point)
  return people.flatMap(({ person, answersTo: partners, mentors, gaps }) => [
    ...partners.map((tie) => `${person.name} answers to ${tie.person.name}`),
    ...mentors.map((tie) => `${person.name} learns from ${tie.person.name}`),
    ...gaps.map(({ role, required, have }) => `${person.name} lacks ${required - have} as ${role.name}`),
  ])
}

describe('the accountability map', () => {
  it('tells who answers to whom and who learns from whom, as of any day and as it was known', async () => {
    const tie = await answersTo(doing(s), ana, chi)
    const mentorship = await learnsFrom(doing(on(s, 10)), ben, ana)
    await on(s, 20).given('EndAccountability', { accountabilityId: tie }, chi)
    await on(s, 30).given('EndMentorship', { mentorshipId: mentorship }, ana)
    expect(await map(5)).toEqual(['ana answers to chi'])
    expect(await map(15)).toEqual(['ana answers to chi', 'ben learns from ana'])
    expect(await map(25)).toEqual(['ben learns from ana'])
    expect(await map(35)).toEqual([])
    expect(await map(25, day(15))).toEqual(['ana answers to chi', 'ben learns from ana'])
    const own = await s.ask<Ties>('accountability', { person: chi }, { asOf: day(5) })
    expect(own.people).toMatchObject([{ person: { name: 'chi' }, answeredBy: [{ person: { name: 'ana' } }] }])
  })

  it('tells of nobody who was asked and has not said yes', async () => {
    await asksToAnswerTo(doing(s), ana, chi)
    expect(await map(1)).toEqual([])
  })

  it('ends with whoever leaves', async () => {
    await answersTo(doing(s), ana, chi)
    await learnsFrom(doing(s), dee, chi)
    await on(s, 5).given('LeaveCommunity', {}, chi)
    expect(await map(4)).toEqual(['ana answers to chi', 'dee learns from chi'])
    expect(await map(6)).toEqual([])
  })
})

describe('a gap of partners', () => {
  it('is in sight from the day it is there, and noticed once the grace is over', async () => {
    const roleId = await aRole(s, chi, { circle: 'Gatherings', name: 'Steward', weight: 3 })
    const first = await answersTo(doing(s), ana, chi)
    await answersTo(doing(s), ana, dee, roleId)
    await takes(s, roleId, chi, ana)
    expect(await map(1)).toEqual(['ana answers to chi', 'ana answers to dee'])
    await on(s, 10).given('EndAccountability', { accountabilityId: first }, ana)
    expect(await map(11)).toEqual(['ana answers to dee', 'ana lacks 1 as Steward'])
    const noticed = async () => {
      await new Timer(s.engine).run()
      return (await s.events()).filter(({ type }) => type.startsWith('AccountabilityGap'))
    }
    on(s, 23)
    expect(await noticed()).toEqual([])
    on(s, 25)
    expect(await noticed()).toMatchObject([
      { type: 'AccountabilityGapOpened', data: { personId: ana, roleId, required: 2, have: 1, since: day(10) } },
    ])
    await answersTo(doing(on(s, 40)), ana, eli)
    expect(await map(41)).toEqual(['ana answers to dee', 'ana answers to eli'])
    expect((await noticed()).at(-1)).toMatchObject({ type: 'AccountabilityGapClosed', data: { until: day(40) } })
    expect(await noticed()).toHaveLength(2)
  })

  it('that is closed within the grace is noticed by nobody', async () => {
    const roleId = await aRole(s, chi, { circle: 'Gatherings', name: 'Steward', weight: 2 })
    await takes(s, roleId, chi, ana)
    expect(await map(1)).toEqual(['ana lacks 1 as Steward'])
    await answersTo(doing(on(s, 13)), ana, chi)
    on(s, 60)
    await new Timer(s.engine).run()
    expect((await s.events()).filter(({ type }) => type.startsWith('AccountabilityGap'))).toEqual([])
  })

  it('is there too where the one partner has come to share the work', async () => {
    const roleId = await aRole(s, chi, { circle: 'Gatherings', name: 'Steward', weight: 2 })
    await answersTo(doing(s), ben, chi)
    await takes(s, roleId, chi, ana)
    await learns(s, roleId, ana, ben)
    expect(await map(1)).toContain('ana lacks 1 as Steward')
  })
})

describe('the partner guard', () => {
  it('only warns in a crew, and says so in the record', async () => {
    const { crew } = accountabilityPolicies
    await s.given('AmendPolicy', { changes: crew }, ana)
    const roleId = await aRole(s, chi, { name: 'Steward', weight: 3 })
    await takes(s, roleId, chi, ana)
    const accepted = (await s.events()).find(({ type }) => type === 'RoleAccepted')
    expect(accepted?.data.snapshot).toMatchObject({
      ...{ required: 2, have: 0, band: 'high', lambda: 2.5 },
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'ACCOUNTABILITY_PARTNERS_REQUIRED' })]),
    })
  })

  it('asks more of whoever is louder, whatever the role carries', async () => {
    await s.given('AmendPolicy', { changes: { partnersByBandMode: 'require' } }, ana)
    const [first, second] = [
      await aRole(s, chi, { circle: 'Garden', name: 'Gardener', weight: 1 }),
      await aRole(s, chi, { circle: 'Hall', name: 'Keeper', weight: 1 }),
    ]
    const yes = async (roleId: string) => {
      const askId = fieldOf(await s.given('OfferRole', { roleId, toId: ana }, chi), 'RoleOffered', 'askId')
      return s.refused('AcceptRole', { roleId, askId }, ana)
    }
    expect(await yes(first)).toMatchObject({ facts: { required: 1, have: 0, band: 'medium' } })
    await answersTo(doing(s), ana, dee)
    await takes(s, first, chi, ana)
    expect(await yes(second)).toMatchObject({ facts: { required: 2, have: 1, band: 'high' } })
  })
})
