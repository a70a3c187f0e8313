import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'
import { DAY } from './worlds.ts'

const PEOPLE = ['ana', 'ben', 'chi', 'dee'].map(personNamed)
const BEGAN = Date.parse('2026-01-05T00:00:00Z')

const step = fc.record({
  days: fc.integer({ min: 0, max: 40 }),
  what: fc.constantFrom(
    ...([
      'take',
      'take',
      'learn',
      'leave',
      'return',
      'step-in',
      'stand-in',
      'hand',
      'renew',
      'back',
      'decline',
    ] as const),
  ),
  by: fc.integer({ min: 0, max: 3 }),
  to: fc.integer({ min: 0, max: 3 }),
  role: fc.integer({ min: 0, max: 1 }),
  backdated: fc.integer({ min: 0, max: 20 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
const steps = fc.array(step, { minLength: 4, maxLength: 14 })

interface Life {
  readonly s: Scenario
  readonly roles: readonly string[]
}

async function begin(): Promise<Life> {
  const s = await Scenario.founded(['ana', 'ben', 'chi', 'dee'], { at: new Date(BEGAN).toISOString() })
  const [founder = ''] = PEOPLE
  const formed = await s.given('FormCircle', { name: 'Kitchen', purpose: 'Food' }, founder)
  const circleId = fieldOf(formed, 'CircleFormed', 'circleId')
  const roles: string[] = []
  for (const more of [{ seats: 2 }, { weight: 2 }]) {
    const defined = await s.given(
      'DefineRole',
      { circleId, name: `role ${roles.length}`, purpose: 'x', ...more },
      founder,
    )
    roles.push(fieldOf(defined, 'RoleDefined', 'roleId'))
  }
  return { s, roles }
}

/** Does one thing, or is refused: both are fine. */
async function live({ s, roles }: Life, { days, what, by, to, role, backdated }: Step): Promise<void> {
  s.later(days * DAY + 1000)
  const [one = '', other = '', roleId = ''] = [PEOPLE[by], PEOPLE[to], roles[role]]
  const given = async (name: string, input: object, who: string, how: object = {}) => {
    const outcome = await s.when(name, input, who, how)
    return (outcome.kind === 'done' ? (outcome.events[0]?.data ?? {}) : {}) as Record<string, string>
  }
  const yes = async (command: string, ask: Record<string, string>, input: object = {}, how: object = {}) => {
    if (ask.askId) await given(command, { askId: ask.askId, ...input }, other, how)
  }
  const earlier = { effectiveAt: new Date(s.now - backdated * DAY).toISOString() }
  const held = async () =>
    (
      await s.ask<{ holders: { holdingId: string; person: { id: string } }[] }>('holders', { role: roleId })
    ).holders.find(({ person }) => person.id === one)?.holdingId
  switch (what) {
    case 'take':
      return yes('AcceptRole', await given('OfferRole', { roleId, toId: other }, one), { roleId })
    case 'learn':
      return yes('AcceptUnderstudy', await given('InviteUnderstudy', { roleId, toId: other }, one))
    case 'leave':
      return void (await given('TakeLeave', {}, one, earlier))
    case 'return':
      return void (await given('ReturnFromLeave', {}, one))
    case 'step-in':
      return void (await given('StepIn', { roleId }, one, earlier))
    case 'stand-in': {
      const holdingId = await held()
      if (!holdingId) return
      return yes('AcceptStandIn', await given('StandIn', { holdingId, toId: other }, one), {}, earlier)
    }
    case 'hand': {
      const handoverAt = new Date(s.now + 10 * DAY).toISOString()
      const input = { roleId, toIds: [other], handoverAt, notes: { lessons: 'x' } }
      return yes('AcceptHandover', await given('HandOverRole', input, one))
    }
    case 'renew':
      return void (await given('RenewTerm', { roleId }, one))
    case 'back':
      return void (await given('StepBack', { roleId }, one, earlier))
    case 'decline': {
      const { askId } = await given('OfferRole', { roleId, toId: other }, one)
      if (askId) await given('DeclineAsk', { askId }, other)
    }
  }
}

const TIMES = [0, 30, 90, 180, 260, 400].map((days) => new Date(BEGAN + days * DAY).toISOString())

async function answersAt({ s, roles }: Life, atRevision: number): Promise<unknown[]> {
  const answers: unknown[] = []
  for (const asOf of TIMES) {
    answers.push(await s.ask('holders', {}, { asOf, atRevision }))
    answers.push(await s.ask('carrying', {}, { asOf, atRevision }))
    answers.push(await s.ask('role-history', { role: roles[0] }, { asOf, atRevision }))
  }
  for (const person of PEOPLE) answers.push(await s.ask('person-history', { person }, { asOf: TIMES[5], atRevision }))
  return answers
}

async function opened(s: Scenario): Promise<readonly RecordedEvent<Record<string, string>>[]> {
  return (await s.records()).map(({ text }) => JSON.parse(text))
}

describe('random lives of two roles', () => {
  it('PT-7: what was answered at a revision is answered so for ever, whatever comes later, backdated or not', {
    timeout: 120_000,
  }, async () => {
    const property = fc.asyncProperty(steps, steps, async (first, then) => {
      const life = await begin()
      for (const each of first) await live(life, each)
      const { revision } = (await life.s.hot()).head
      const before = JSON.stringify(await answersAt(life, revision))
      for (const each of then) await live(life, each)
      expect(JSON.stringify(await answersAt(life, revision))).toBe(before)
    })
    await fc.assert(property, { numRuns: 40 })
  })

  it('PT-6: now and as known now is the live answer, and that of a book loaded anew', {
    timeout: 120_000,
  }, async () => {
    const property = fc.asyncProperty(steps, async (given) => {
      const life = await begin()
      for (const each of given) await live(life, each)
      const now = new Date(life.s.now).toISOString()
      for (const name of ['holders', 'carrying', 'horizon', 'turns', 'understudies', 'handovers']) {
        const live = JSON.stringify(await life.s.ask(name))
        const timed = life.s.registry.questions.get(name)?.timed ? { asOf: now } : {}
        expect(JSON.stringify(await life.s.ask(name, {}, { ...timed, asKnownAt: now }))).toBe(live)
        expect(JSON.stringify(await life.s.restarted().ask(name))).toBe(live)
      }
    })
    await fc.assert(property, { numRuns: 40 })
  })

  it('PT-4 and INV-05, 06: everybody who holds, learns or acts said yes themself; terms end, and turns are taken', {
    timeout: 120_000,
  }, async () => {
    const property = fc.asyncProperty(steps, async (given) => {
      const life = await begin()
      for (const each of given) await live(life, each)
      const events = await opened(life.s)
      const begun = ['RoleAccepted', 'RoleHandedOver', 'UnderstudyAccepted', 'StandInAccepted', 'SteppedIn']
      const byHolding = new Map(events.filter(({ type }) => begun.includes(type)).map((e) => [e.data.holdingId, e]))
      for (const asOf of TIMES) {
        const { holders } = await life.s.ask<{
          holders: { holdingId: string; person: { id: string }; termNumber: number | null }[]
        }>('holders', {}, { asOf })
        for (const { holdingId, person, termNumber } of holders) {
          expect(byHolding.get(holdingId)).toMatchObject({ actor: person.id, data: { personId: person.id } })
          expect(termNumber ?? 1).toBeLessThanOrEqual(2)
        }
      }
      for (const { data, type } of events.filter((event) => event.data.termEnd !== undefined)) {
        const length = (Date.parse(data.termEnd ?? '') - Date.parse(data.termStart ?? '')) / DAY
        expect([type, length > 0 && length <= 730]).toEqual([type, true])
      }
    })
    await fc.assert(property, { numRuns: 60 })
  })

  it('PT-3: whoever holds, acts, learns, was asked or is a member gets out at any point', {
    timeout: 120_000,
  }, async () => {
    const property = fc.asyncProperty(steps, fc.integer({ min: 0, max: 3 }), async (given, n) => {
      const life = await begin()
      for (const each of given) await live(life, each)
      const { s } = life
      const who = PEOPLE[n] ?? ''
      const { holders } = await s.ask<{
        holders: { holdingId: string; kind: string; role: { id: string }; person: { id: string } }[]
      }>('holders')
      const done = async (name: string, input: object, how: object = {}) =>
        expect([name, (await s.when(name, input, who, how)).kind]).toEqual([name, 'done'])
      const { asks } = await s.ask<{
        asks: { askId: string; waitsForMe: boolean; from: { id: string }; status: string }[]
      }>('my-asks', {}, {}, who)
      for (const { askId, waitsForMe, from, status } of asks) {
        if (waitsForMe) await done('DeclineAsk', { askId }, { ifMatch: 0 })
        else if (status === 'open' && from.id === who) await done('WithdrawAsk', { askId }, { ifMatch: 0 })
      }
      const left = new Set<string>()
      for (const { holdingId, kind, role, person } of holders) {
        if (person.id !== who || left.has(role.id)) continue
        if (kind === 'understudy') await done('EndUnderstudy', { holdingId })
        else if (kind === 'acting') await done('EndStandIn', { holdingId })
        else {
          await done('StepBack', { roleId: role.id }, { ifMatch: 0 })
          left.add(role.id)
        }
      }
      await done('TakeLeave', {}, { ifMatch: 0 })
      await done('LeaveCommunity', {}, { ifMatch: 0 })
      const after = await s.ask<{ holders: { person: { id: string } }[] }>(
        'holders',
        {},
        { asOf: new Date(s.now + 1000).toISOString() },
      )
      expect(after.holders.filter(({ person }) => person.id === who)).toEqual([])
    })
    await fc.assert(property, { numRuns: 60 })
  })
})
