import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../support/http.ts'
import { Circle } from '../support/proposals.ts'

const NAMED = ['ula', 'kit', 'mo', 'jun', 'hana', 'lea']
const OTHERS = Array.from({ length: 54 }, (_, i) => `m${String(i + 1).padStart(2, '0')}`)
const SAUNA = {
  title: 'A sauna in the garden',
  text: 'We build a sauna in the garden.',
  driver: 'The winters are long.',
  decisionClass: 'significant',
}

describe('an objection set aside, seen by another, and a trial (story 8)', () => {
  let server: TestServer
  let c: Circle
  let proposalId: string
  let objectionId: string
  const proposal = (asOf?: string) => c.asks('mo', `/proposals/${proposalId}${asOf ? `?asOf=${asOf}` : ''}`)
  const which = () => ({ proposalId, objectionId })

  beforeAll(async () => {
    server = await TestServer.start('2026-03-01T09:00:00Z')
    c = await Circle.of(server, 'sixty', [...NAMED, ...OTHERS])
    proposalId = (await c.does('ula', 'SubmitProposal', SAUNA)).proposalId ?? ''
  })
  afterAll(() => server.close())

  it('1: 22 members consent on day 2', async () => {
    await c.on(2)
    for (const name of OTHERS.slice(0, 22)) await c.does(name, 'GiveConsent', { proposalId, version: 1 })
    expect(await proposal()).toMatchObject({ electorate: 60, consents: 22, closesAt: c.day(7) })
  })

  it('2: Kit objects on day 3 and can’t say yet why; 36 answers are missing, and nobody says whose', async () => {
    await c.on(3)
    const objection = { proposalId, version: 1, argument: "I can't say yet why" }
    objectionId = (await c.does('kit', 'RaiseObjection', objection)).objectionId ?? ''
    const answer = await proposal()
    expect(answer).toMatchObject({ answersMissing: 36, openObjections: 1 })
    const silent = [c.id('mo'), c.id('jun'), c.id('lea'), ...OTHERS.slice(22).map((name) => c.id(name))]
    expect(silent.filter((id) => JSON.stringify(answer).includes(id))).toEqual([])
  })

  it('3: Kit asks for time, and the window is three days longer; nobody asks twice', async () => {
    expect(await c.does('kit', 'AskForTime', { proposalId })).toMatchObject({ closesAt: c.day(10) })
    expect(await c.refused('mo', 'AskForTime', { proposalId })).toMatchObject({ code: 'TIME_ALREADY_GIVEN' })
  })

  it('4: meanwhile no objection is set aside', async () => {
    await c.on(5)
    expect(await c.refused('jun', 'SetObjectionAside', { ...which(), reason: 'It says nothing.' })).toMatchObject({
      code: 'TIME_ASKED_FOR',
      facts: { until: c.day(6) },
    })
  })

  it('5: Hana keeps Kit company, which is theirs alone; Kit says that others may test it', async () => {
    const { askId } = await c.does('kit', 'AskForCompany', { objectionId, toId: c.id('hana') })
    await c.does('hana', 'AcceptObjectorSupport', { askId })
    await c.does('kit', 'AllowSettingAside', which())
    const [allowed] = (await c.openEvents('mo')).filter(({ type }) => type === 'SettingAsideAllowed')
    expect(allowed?.data).toEqual({ ...which(), objectorId: c.id('kit'), personId: c.id('kit') })
  })

  it('6: Jun sets it aside on day 6, Mo seconds, with effect from day 9', async () => {
    await c.on(6)
    expect((await proposal()).objections).toMatchObject([{ settingAside: { allowed: true, because: null } }])
    await c.does('jun', 'SetObjectionAside', { ...which(), reason: 'It says nothing we could change.' })
    expect(await c.does('mo', 'SecondSettingAside', which())).toMatchObject({ takesEffectAt: c.day(9) })
    expect((await proposal()).objections).toMatchObject([
      { status: 'setting-aside', settingAside: { proposedBy: { name: 'jun' }, takesEffectAt: c.day(9) } },
    ])
  })

  it('7: Lea sees it too on day 8: it stands, for good', async () => {
    await c.on(8)
    await c.does('lea', 'SeeItToo', which())
    expect(await c.refused('jun', 'SetObjectionAside', { ...which(), reason: 'Still nothing.' })).toMatchObject({
      code: 'OBJECTION_STANDS',
    })
  })

  it('8: nothing is adopted over it on day 10', async () => {
    await c.on(10)
    expect(await c.refused('ula', 'AdoptProposal', { proposalId, version: 1 })).toMatchObject({
      code: 'UNRESOLVED_OBJECTIONS',
      facts: { open: 1 },
    })
  })

  it('9: Ula proposes a trial until day 100, and the 22 consents are stale', async () => {
    const trial = await c.does('ula', 'ProposeTrial', { proposalId, until: c.day(100) })
    expect(trial).toMatchObject({ version: 2, closesAt: c.day(13) })
    expect(await proposal()).toMatchObject({ version: 2, consents: 0, trialUntil: c.day(100), openObjections: 1 })
  })

  it('10: for a trial Kit says that it is met, and 15 consent on day 11', async () => {
    await c.on(11)
    await c.does('kit', 'ResolveObjection', which())
    for (const name of ['kit', ...OTHERS.slice(0, 14)]) await c.does(name, 'GiveConsent', { proposalId, version: 2 })
    expect((await proposal()).objections).toMatchObject([{ status: 'integrated', integratedIn: 2 }])
  })

  it('11: on day 13 it is adopted, 15 of 15 stated positions', async () => {
    await c.on(13)
    await c.does('jun', 'AdoptProposal', { proposalId, version: 2 })
    expect((await proposal()).adopted.tally).toMatchObject({ consents: 15, stated: 15, electorate: 60, silent: 44 })
    const agreement = (await c.openEvents('mo')).find(({ type }) => type === 'AgreementRecorded')
    expect(agreement?.data).toMatchObject({ proposalId, endsAt: c.day(100), carriedBy: [] })
  })

  it('12: the agreement has ended by its date: in force as of day 99, and as of day 100 not', async () => {
    await c.on(120)
    const { adopted } = await proposal()
    const inForce = async (day: number) =>
      (await c.asks('mo', `/agreements/${adopted.agreementId}?asOf=${c.day(day)}`)).inForce
    expect([await inForce(99), await inForce(100)]).toEqual([true, false])
    expect((await c.asks('mo', `/agreements?asOf=${c.day(99)}`)).agreements).toMatchObject([{ endsAt: c.day(100) }])
    expect((await c.asks('mo', '/agreements')).count).toBe(0)
  })

  it('as of the days between, it was set aside for those who asked then, and never with effect', async () => {
    const at = async (day: number) => (await proposal(c.day(day))).objections[0].status
    expect([await at(5.9), await at(7), await at(9), await at(12)]).toEqual([
      'open',
      'setting-aside',
      'open',
      'integrated',
    ])
  })
})
