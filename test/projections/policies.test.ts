import { beforeEach, expect, it } from 'vitest'
import { personNamed, Scenario } from '../support/scenario.ts'

const ana = personNamed('ana')
let s: Scenario
beforeEach(async () => {
  s = await Scenario.founded(['ana'])
})

type Answer = { version: number; policies: readonly { rule: string }[] }
async function rules(point: object = {}) {
  const { version, policies } = await s.ask<Answer>('policies', {}, point)
  return { version, of: (name: string) => policies.find(({ rule }) => rule === name) }
}

it('are those of the preset until somebody sets others', async () => {
  const { version, of } = await rules()
  expect(version).toBe(0)
  expect(of('termDays')).toMatchObject({ value: 182, preset: 182, amendedIn: null, provisional: false })
  expect(of('maxMembers')).toMatchObject({ value: null })
})

it('are at each revision what had been set by then', async () => {
  const atRevision = (await s.hot()).head.revision
  await s.later().given('AmendPolicy', { changes: { termDays: 91, turns: 'warn' } }, ana)
  await s.later().given('AmendPolicy', { changes: { termDays: 100 } }, ana)
  const now = await rules()
  expect(now.version).toBe(2)
  expect(now.of('termDays')).toMatchObject({ value: 100, preset: 182, amendedIn: 2, provisional: true })
  expect(now.of('turns')).toMatchObject({ value: 'warn', preset: 'require', amendedIn: 1 })
  expect((await rules({ atRevision })).of('termDays')).toMatchObject({ value: 182, amendedIn: null })
  expect((await rules({ atRevision: atRevision + 1 })).of('termDays')).toMatchObject({ value: 91, amendedIn: 1 })
})

it('of a crew begin with its own preset, and come as rows', async () => {
  s = await Scenario.open()
  await s.given('FoundCommunity', { community: s.community, name: 'Crew', preset: 'crew' })
  const answer = await s.ask<Answer>('policies')
  expect(answer).toMatchObject({ preset: 'crew' })
  expect(s.registry.questions.get('policies')?.rows?.(answer)).toContainEqual(
    expect.objectContaining({ rule: 'turns', value: 'warn', preset: 'warn', provisional: false }),
  )
})
