import { describe, expect, it } from 'vitest'
import { Timer } from '../../src/engine/timer.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { readAll } from '../support/records.ts'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'

const [ana, ben] = ['ana', 'ben'].map(personNamed) as [string, string]

/** Ben holds a role of weight 3 from 2026-01-05 to 2026-07-06, alone. */
async function withHolder() {
  const s = await Scenario.founded(['ana', 'ben'], { at: '2026-01-05T00:00:00Z' })
  const circleId = fieldOf(
    await s.given('FormCircle', { name: 'Kitchen', purpose: 'Food' }, ana),
    'CircleFormed',
    'circleId',
  )
  // What partners a holder has is noticed by a rule of its own.
  await s.given('AmendPolicy', { changes: { partnersByWeight: [] } }, ana)
  const role = { circleId, name: 'Cook', purpose: 'Cooks', weight: 3 }
  const roleId = fieldOf(await s.given('DefineRole', role, ana), 'RoleDefined', 'roleId')
  const askId = fieldOf(await s.given('OfferRole', { roleId, toId: ben }, ana), 'RoleOffered', 'askId')
  await s.given('AcceptRole', { roleId, askId }, ben)
  return { s, roleId }
}

async function notices(s: Scenario): Promise<readonly RecordedEvent[]> {
  const records = await readAll(s.ledgers, { community: s.community, book: 'open' })
  return records.map(({ text }) => JSON.parse(text) as RecordedEvent).filter(({ via }) => via === 'timer')
}

const namesAndTimes = (events: readonly RecordedEvent[]) =>
  events.map(({ type, effectiveAt, data }) => [type, (data as { daysBefore?: number }).daysBefore ?? effectiveAt])

describe('the timer', () => {
  it('notices what fell due, each once, in the order of the dates, however late it runs', async () => {
    const { s } = await withHolder()
    s.at('2026-09-01T00:00:00Z')
    expect(await new Timer(s.engine).run()).toBe(6)
    expect(namesAndTimes(await notices(s))).toEqual([
      ['RoleGapOpened', '2026-02-04'],
      ['RoleTermEndingNoticed', 30],
      ['RoleTermEndingNoticed', 7],
      ['RoleTermExpired', '2026-07-06'],
      ['RoleGapOpened', '2026-08-05'],
      ['RoleGapClosed', '2026-08-05'],
    ])
    expect(await new Timer(s.engine).run()).toBe(0)
    expect(await new Timer(s.restarted().engine).run()).toBe(0)
  })

  it('writes the same notices once where two run at the same time', async () => {
    const { s } = await withHolder()
    s.at('2026-09-01T00:00:00Z')
    const [one, other] = [new Timer(s.engine), new Timer(s.engine)]
    const written = await Promise.all([one.run(), other.run()])
    expect(written[0] + written[1]).toBe(6)
    expect(await notices(s)).toHaveLength(6)
  })

  it('looks at a community again as soon as its next date comes or a command has changed it', async () => {
    const { s, roleId } = await withHolder()
    const timer = new Timer(s.engine)
    expect(await timer.run()).toBe(0)
    s.at('2026-06-06T00:00:00Z')
    expect(await timer.run()).toBe(2)
    await s.given('StepBack', { roleId }, ben)
    s.at('2026-06-07T00:00:00Z')
    expect(await timer.run()).toBe(2)
    expect(namesAndTimes(await notices(s)).slice(-2)).toEqual([
      ['RoleGapOpened', '2026-06-06'],
      ['RoleGapClosed', '2026-06-06'],
    ])
  })

  it('changes no answer but the trail: with it and without it the roster, the horizon and every tag of a resource agree', async () => {
    const { s, roleId } = await withHolder()
    s.at('2026-07-20T00:00:00Z')
    const question = s.registry.questions.get('role')
    if (!question) throw new Error('no question')
    const answers = async () => ({
      touchedAt: (await s.engine.ask(s.community, question, { role: roleId }, {})).touchedAt,
      holders: await s.ask('holders', {}),
      horizon: await s.ask('horizon', {}),
      renewal: await s.when('RenewTerm', { roleId }, ben, { dryRun: true }),
    })
    const before = JSON.stringify(await answers())
    expect(await new Timer(s.engine).run()).toBeGreaterThan(0)
    expect(JSON.stringify(await answers())).toBe(before)
  })
})
