import { beforeEach, describe, expect, it } from 'vitest'
import { adopted, type Deciding } from '../support/decided.ts'
import { doing } from '../support/doing.ts'
import { deciding } from '../support/history-of-agreements.ts'
import { personNamed, Scenario } from '../support/scenario.ts'

const [ada, ben, cyd] = ['ada', 'ben', 'cyd'].map(personNamed) as [string, string, string]
const MEMBERS = [ada, ben, cyd]

let s: Scenario
let there: Deciding
beforeEach(async () => {
  s = await Scenario.founded(['ada', 'ben', 'cyd'], { at: '2026-01-01T00:00:00Z' })
  there = deciding(s, doing(s))
})

const amends = (termDays: number, more: object = {}) => ({ changes: { termDays }, ...more })
const part = (termDays: number) => [{ command: 'AmendPolicy', input: amends(termDays) }]

interface Rule {
  readonly rule: string
  readonly value: unknown
  readonly provisional: boolean
  readonly proposalId: string | null
}
async function termDays(point: object = {}): Promise<Rule | undefined> {
  const { policies } = await s.ask<{ policies: Rule[] }>('policies', {}, point)
  return policies.find(({ rule }) => rule === 'termDays')
}
interface Version {
  readonly version: number
  readonly provisional: boolean
  readonly proposalId: string | null
  readonly by: { readonly id: string }
  readonly changes: readonly unknown[]
}
const history = async (point: object = {}) =>
  (await s.ask<{ versions: Version[] }>('policy-history', {}, point)).versions

describe('rules change by consent (INV-19)', () => {
  it('and only provisionally in the first days, until the founding agreement lists and confirms what was set', async () => {
    await there.does(ada, 'AmendPolicy', amends(60))
    await there.does(ben, 'AmendPolicy', { changes: { maxMembers: 40, holdOverDays: 20 } })
    expect(await termDays()).toMatchObject({ value: 60, provisional: true })
    const { agreementId } = await adopted(there, MEMBERS, { decisionClass: 'constitutional' })
    expect(await s.ask('agreement', { agreement: agreementId })).toMatchObject({
      agreement: { founding: true },
      confirms: [
        { version: 1, rules: ['termDays'] },
        { version: 2, rules: ['holdOverDays', 'maxMembers'] },
      ],
    })
    expect(await termDays()).toMatchObject({ value: 60, provisional: false })
    expect((await s.refused('AmendPolicy', amends(70), ada)).code).toBe('BOOTSTRAP_OVER')
  })

  it('once, by whatever the first constitutional agreement is about; a later one confirms nothing', async () => {
    await adopted(there, MEMBERS)
    await there.does(ada, 'AmendPolicy', amends(60))
    const first = await adopted(there, MEMBERS, { decisionClass: 'constitutional', changes: part(91) })
    const second = await adopted(there, MEMBERS, { decisionClass: 'constitutional', changes: part(100) })
    const founding = async (agreement: string) =>
      s.ask<{ agreement: object; confirms: object[] }>('agreement', { agreement })
    expect(await founding(first.agreementId)).toMatchObject({
      agreement: { founding: true },
      confirms: [{ version: 1 }],
    })
    expect(await founding(second.agreementId)).toMatchObject({ agreement: { founding: false }, confirms: [] })
  })

  it('also where the first days ended by their number: what was set in them holds, and is listed when it is confirmed', async () => {
    await there.does(ada, 'AmendPolicy', amends(60))
    await there.later(91)
    expect((await s.refused('AmendPolicy', amends(70), ada)).code).toBe('BOOTSTRAP_OVER')
    expect(await termDays()).toMatchObject({ value: 60, provisional: true })
    for (const by of MEMBERS) await there.does(by, 'SayStillIn')
    const { proposalId } = await adopted(there, MEMBERS, { decisionClass: 'constitutional', changes: part(91) })
    expect(await termDays()).toMatchObject({ value: 91, provisional: false, proposalId })
  })

  it('under a constitutional agreement in words too, as long as it is in force, which the record names', async () => {
    const { proposalId } = await adopted(there, MEMBERS, {
      decisionClass: 'constitutional',
      text: 'Terms have 91 days.',
    })
    await there.does(cyd, 'AmendPolicy', amends(91, { proposalId }))
    expect(await termDays()).toMatchObject({ value: 91, provisional: false, proposalId })
  })

  it('so that no other command and no notice writes them', async () => {
    const writers = [...s.registry.commands.values()].filter(({ decide, part: as }) =>
      `${decide}${as?.decide ?? ''}`.includes('PolicyAmended.of'),
    )
    expect(writers.map(({ name }) => name)).toEqual(['AmendPolicy'])
  })
})

describe('the history of the rules', () => {
  it('tells who set which, from what to what, by which proposal; as of each day and as was known', async () => {
    const atRevision = (await s.hot()).head.revision
    await there.does(ada, 'AmendPolicy', amends(60))
    const before = await history()
    const { proposalId } = await adopted(there, MEMBERS, { decisionClass: 'constitutional', changes: part(91) })
    const told = await history()
    expect(told).toMatchObject([
      {
        version: 1,
        provisional: false,
        proposalId: null,
        by: { id: ada },
        changes: [{ rule: 'termDays', from: 182, to: 60 }],
      },
      {
        version: 2,
        provisional: false,
        proposalId,
        by: { id: ada },
        changes: [{ rule: 'termDays', from: 60, to: 91 }],
      },
    ])
    expect(before).toMatchObject([{ version: 1, provisional: true }])
    expect(await history({ atRevision })).toEqual([])
    const asOf = new Date(s.now - 86_400_000).toISOString()
    expect(await history({ asOf })).toEqual(before)
    expect(await termDays({ asOf })).toMatchObject({ value: 60, provisional: true })
    const rows = s.registry.questions.get('policy-history')?.rows?.({ versions: told })
    expect(rows).toContainEqual(expect.objectContaining({ rule: 'termDays', from: 60, to: 91, by: 'ada' }))
  })
})
