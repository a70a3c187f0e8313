import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Timer } from '../../src/engine/timer.ts'
import { TestServer } from '../support/http.ts'
import { Circle } from '../support/proposals.ts'

const SEVEN = ['gus', 'hana', 'ivo', 'jun', 'kit', 'lea', 'mo']
const DUES = {
  title: 'What each of us pays',
  text: 'Each of us pays 10 a month.',
  driver: 'The rent went up.',
  decisionClass: 'significant',
  carriedByMe: true,
}

describe('a proposal by consent with an integrated objection (story 4)', () => {
  let server: TestServer
  let c: Circle
  let proposalId: string
  let objectionId: string
  const proposal = (asOf?: string) => c.asks('mo', `/proposals/${proposalId}${asOf ? `?asOf=${asOf}` : ''}`)

  beforeAll(async () => {
    server = await TestServer.start('2026-03-01T09:00:00Z')
    c = await Circle.of(server, 'seven', SEVEN)
  })
  afterAll(() => server.close())

  it('1: Gus submits it on day 0, with a date of review or the community’s own', async () => {
    expect(await c.refused('gus', 'SubmitProposal', { ...DUES, reviewAfterDays: null })).toMatchObject({
      code: 'REVIEW_DATE_REQUIRED',
      pointer: '/reviewAfterDays',
    })
    const submitted = await c.does('gus', 'SubmitProposal', DUES)
    expect(submitted).toMatchObject({ version: 1, closesAt: c.day(7) })
    proposalId = submitted.proposalId ?? ''
    expect(await proposal()).toMatchObject({
      status: 'open',
      proposer: { name: 'gus' },
      electorate: 7,
      answersMissing: 6,
      hoursLeft: 168,
      objections: [],
      lacks: [{ code: 'CONSENT_WINDOW_OPEN' }, { code: 'PARTICIPATION_NOT_MET' }, { code: 'THRESHOLD_NOT_MET' }],
    })
  })

  it('2: Ivo and Jun consent on day 2', async () => {
    await c.on(2)
    for (const name of ['ivo', 'jun']) await c.does(name, 'GiveConsent', { proposalId, version: 1 })
    expect(await proposal()).toMatchObject({ consents: 2, answersMissing: 4 })
  })

  it('3: Kit objects on day 3', async () => {
    await c.on(3)
    const argument = 'It shuts out people without income.'
    const raised = await c.does('kit', 'RaiseObjection', { proposalId, version: 1, ground: 'side-effect', argument })
    objectionId = raised.objectionId ?? ''
    expect(await proposal()).toMatchObject({
      openObjections: 1,
      answersMissing: 3,
      objections: [
        {
          by: { name: 'kit' },
          status: 'open',
          ground: 'side-effect',
          argument,
          settingAside: { allowed: false, because: 'LONE_OBJECTOR_NEEDS_SUPPORT', from: c.day(10) },
        },
      ],
    })
  })

  it('4: Jun may not set it aside: Kit stands alone, and is offered company', async () => {
    const setAside = { proposalId, objectionId, reason: 'Everybody has ten.' }
    expect(await c.refused('jun', 'SetObjectionAside', setAside)).toMatchObject({
      code: 'LONE_OBJECTOR_NEEDS_SUPPORT',
      facts: { until: c.day(10) },
    })
    await new Timer(server.hearthbook.engine).run()
    const offered = (await c.openEvents('mo')).find(({ type }) => type === 'CompanyOffered')
    expect(offered?.data).toMatchObject({ objectionId, objectorId: c.id('kit'), until: c.day(10) })
  })

  it('5: Hana stands beside Kit, which is theirs alone; Ivo takes the objection up', async () => {
    const { askId } = await c.does('hana', 'OfferObjectorSupport', { objectionId })
    const asked = await c.asks('kit', '/mine/asks?waiting=true')
    expect(asked.asks).toMatchObject([{ askId, what: 'company', from: { name: 'hana' }, status: 'open' }])
    expect(await c.refused('hana', 'AcceptObjectorSupport', { askId })).toMatchObject({ code: 'NOT_YOURS_TO_ACCEPT' })
    expect(await c.refused('ivo', 'AcceptObjectorSupport', { askId })).toMatchObject({ code: 'NOT_FOUND' })
    await c.does('kit', 'AcceptObjectorSupport', { askId })
    expect((await c.asks('hana', '/mine/asks')).asks).toMatchObject([{ askId, status: 'accepted' }])
    await c.does('ivo', 'TakeUpObjection', { proposalId, objectionId })
    expect((await proposal()).objections).toMatchObject([{ standsWith: [{ name: 'ivo' }] }])
    const told = (await c.openEvents('mo')).filter((event) => JSON.stringify(event).includes(c.id('hana')))
    expect(told.map(({ type }) => type)).toEqual(['MemberJoined', 'ProposalSubmitted']) // nothing of her company
  })

  it('6: nothing is adopted over it on day 4', async () => {
    await c.on(4)
    expect(await c.refused('gus', 'AdoptProposal', { proposalId, version: 1 })).toMatchObject({
      code: 'UNRESOLVED_OBJECTIONS',
      facts: { open: 1 },
    })
  })

  it('7: Gus amends it on day 5, and consents to the first version are stale', async () => {
    await c.on(5)
    const text = 'Each of us pays 0 to 20 a month, as they choose.'
    expect(
      await c.does('gus', 'AmendProposal', { proposalId, text, addressesObjectionIds: [objectionId] }),
    ).toMatchObject({ version: 2, closesAt: c.day(8) })
    expect(await proposal()).toMatchObject({
      version: 2,
      consents: 0,
      openObjections: 1,
      answersMissing: 5,
      versions: [
        { version: 1, text: DUES.text, closesAt: c.day(7) },
        { version: 2, text, closesAt: c.day(8), addresses: [objectionId] },
      ],
    })
  })

  it('8: Kit alone says that it meets the objection', async () => {
    const which = { proposalId, objectionId }
    expect(await c.refused('gus', 'ResolveObjection', which)).toMatchObject({ code: 'NOT_YOURS_TO_RESOLVE' })
    await c.does('kit', 'ResolveObjection', which)
    expect(await proposal()).toMatchObject({
      openObjections: 0,
      objections: [{ status: 'integrated', integratedIn: 2 }],
    })
  })

  it('9: nobody answers the version that was, on day 6', async () => {
    await c.on(6)
    expect(await c.refused('ivo', 'GiveConsent', { proposalId, version: 1 })).toMatchObject({
      code: 'STALE_VERSION',
      facts: { current: 2 },
    })
  })

  it('10: four consent to the second, Lea stands aside, Jun has a concern, Mo is silent', async () => {
    const answer = { proposalId, version: 2 }
    for (const name of ['ivo', 'jun', 'hana', 'kit']) await c.does(name, 'GiveConsent', answer)
    await c.does('lea', 'StandAside', answer)
    await c.does('jun', 'RaiseConcern', { proposalId, text: 'bookkeeping' })
    expect(await proposal()).toMatchObject({ consents: 4, asides: 1, answersMissing: 1 })
    const rounds = async (name: string) => (await c.asks(name, '/mine/rounds')).rounds
    expect(await rounds('mo')).toMatchObject([{ proposalId, waitsForMe: true, myAnswer: 'none' }])
    expect(await rounds('lea')).toMatchObject([{ proposalId, waitsForMe: false, myAnswer: 'aside' }])
  })

  it('11: the window is open until day 8', async () => {
    await c.on(7)
    expect(await c.refused('ivo', 'AdoptProposal', { proposalId, version: 2 })).toMatchObject({
      code: 'CONSENT_WINDOW_OPEN',
      facts: { until: c.day(8) },
    })
  })

  it('12: on day 8 it is adopted, and what was agreed is looked at again on day 190', async () => {
    await c.on(8)
    expect(await proposal()).toMatchObject({ adoptable: true, lacks: [] })
    const { agreementId } = await c.does('ivo', 'AdoptProposal', { proposalId, version: 2 })
    const events = await c.openEvents('mo')
    const tally = { electorate: 7, consents: 4, stated: 4, asides: 1, openObjections: 0, silent: 1, setAside: 0 }
    expect(events.find(({ type }) => type === 'ProposalAdopted')?.data).toMatchObject({
      proposerId: c.id('gus'),
      version: 2,
      tally,
    })
    const agreement = events.find(({ type }) => type === 'AgreementRecorded')?.data
    expect(agreement).toMatchObject({ agreementId, carriedBy: [c.id('gus')], reviewDate: c.day(190) })
    const [concern] = (await proposal()).concerns
    expect(concern).toMatchObject({ text: 'bookkeeping', by: { name: 'jun' } })
    expect(agreement?.concernIds).toEqual([concern.concernId])
    expect(await c.asks('mo', `/agreements/${agreementId}`)).toMatchObject({
      inForce: true,
      agreement: { carriedBy: [{ name: 'gus' }], reviewDate: c.day(190), endsAt: null },
      concerns: [{ text: 'bookkeeping' }],
    })
    expect(await c.refused('mo', 'GiveConsent', { proposalId, version: 2 })).toMatchObject({ code: 'PROPOSAL_CLOSED' })
    expect((await c.asks('mo', '/decisions')).decisions).toMatchObject([
      { proposalId, outcome: 'adopted', at: c.day(8), version: 2, objectionsIntegrated: 1, agreementId, tally },
    ])
  })

  it('as of each day it stands as it stood then, whoever asks later', async () => {
    await c.on(30)
    expect(await proposal(c.day(2.5))).toMatchObject({ version: 1, consents: 2, status: 'open', adopted: null })
    expect(await proposal(c.day(4.5))).toMatchObject({ openObjections: 1, versions: [{ version: 1 }] })
    expect(await proposal(c.day(6.5))).toMatchObject({ version: 2, consents: 4, hoursLeft: 36 })
    expect(await proposal(c.day(8))).toMatchObject({ status: 'adopted', adopted: { version: 2, by: { name: 'ivo' } } })
    expect((await c.asks('mo', `/proposals?asOf=${c.day(-1)}`)).count).toBe(0)
  })
})
