import { beforeAll, describe, expect, it } from 'vitest'
import { personNamed, Scenario } from '../support/scenario.ts'
import { aRole, day, imports, learns, on, START, takes, takesOver } from './lived.ts'

const [ana, ben, chi] = ['ana', 'ben', 'chi'].map(personNamed) as [string, string, string]
const QUESTIONS = [
  'carrying',
  'horizon',
  'turns',
  'understudies',
  'handovers',
  'policies',
  'community',
  'people',
  'holders',
  'role-history',
] as const
const MOMENTS = [0, 20, 30, 45, 60, 200, 240, 400].map(day)

type Told = Record<string, unknown>
let s: Scenario
const told: { readonly revision: number; readonly answers: Told }[] = []

async function answers(atRevision: number): Promise<Told> {
  const all: Told = {}
  for (const name of QUESTIONS)
    for (const asOf of MOMENTS) all[`${name} as of ${asOf}`] = await s.ask(name, {}, { asOf, atRevision })
  for (const asOf of MOMENTS) all[`person as of ${asOf}`] = await s.ask('person', { person: ana }, { asOf, atRevision })
  return all
}

async function tell(): Promise<void> {
  const { revision } = (await s.hot()).head
  told.push({ revision, answers: await answers(revision) })
}

beforeAll(async () => {
  s = await Scenario.founded(['ana', 'ben', 'chi'], { at: START })
  const roleId = await aRole(s, ana, { weight: 2, handoverSteps: ['Pass the key on'] })
  await imports(s, 'council', [{ memberId: 'lou', role: 'elder', from: '2020-01-01', to: day(40) }])
  const steps: (() => Promise<unknown>)[] = [
    () => takes(s, roleId, ben, ana),
    () => learns(on(s, 10), roleId, ana, chi),
    () => on(s, 20).given('AmendPolicy', { changes: { sharedFromWeight: 4, restDays: 0 } }, ana),
    () => on(s, 30).given('TakeLeave', { from: day(25), to: day(60) }, ana),
    () => s.given('StepIn', { roleId }, chi, { effectiveAt: day(26) }),
    () => on(s, 45).given('ReturnFromLeave', {}, ana),
    () => on(s, 50).given('WithdrawImport', { importId: 'minutes' }),
    () => takesOver(on(s, 180), roleId, ana, chi, day(195)),
    () => on(s, 200).given('LeaveCommunity', {}, ben),
    () => on(s, 240).given('StepBack', { roleId }, chi),
  ]
  await tell()
  for (const step of steps) {
    await step()
    await tell()
  }
})

describe('answers about lived roles', () => {
  it('at a revision are never changed by what is recorded later (PT-7)', async () => {
    for (const { revision, answers: then } of told) expect(await answers(revision), `at ${revision}`).toEqual(then)
  })

  it('at now, as known now, are those without a point (PT-6)', async () => {
    const now = new Date(s.now).toISOString()
    for (const name of QUESTIONS)
      expect(await s.ask(name, {}, { asOf: now, asKnownAt: now }), name).toEqual(await s.ask(name))
  })

  it('are the same after a restart, when every view is folded anew', async () => {
    const { revision } = (await s.hot()).head
    const before = await answers(revision)
    s = s.restarted()
    expect(await answers(revision)).toEqual(before)
  })
})
