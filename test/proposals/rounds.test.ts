import { beforeEach, describe, expect, it } from 'vitest'
import { Timer } from '../../src/engine/timer.ts'
import { type Doing, doing } from '../support/doing.ts'
import { objected, setAside, submitted, testable } from '../support/rounds.ts'
import { personNamed, Scenario, typesOf } from '../support/scenario.ts'

const DAY_MS = 86_400_000
const START = '2026-03-01T09:00:00Z'
const day = (days: number) => new Date(Date.parse(START) + days * DAY_MS).toISOString()
const NAMES = ['ada', 'ben', 'cyd', 'dov', 'eve']
const [ada, ben, cyd, dov, eve] = NAMES.map(personNamed) as [string, string, string, string, string]
const zoe = personNamed('zoe')

interface Told {
  readonly status: string
  readonly electorate: number
  readonly answersMissing: number
  readonly adoptable: boolean
  readonly lacks: readonly { readonly code: string; readonly facts: Readonly<Record<string, unknown>> }[]
  readonly objections: readonly { readonly status: string; readonly settingAside: Readonly<Record<string, unknown>> }[]
  readonly adopted: { readonly tally: Readonly<Record<string, number>> } | null
}

let book: Scenario
let there: Doing
const on = (days: number) => book.at(day(days))
const told = (proposal: string) => book.ask<Told>('proposal', { proposal })
const refused = (by: string, command: string, input: object) => book.refused(command, input, by)
const answers = async (proposalId: string, by: readonly string[], command = 'GiveConsent', version = 1) => {
  for (const each of by) await there.does(each, command, { proposalId, version })
}
const adopts = (proposalId: string, version = 1) => there.does(eve, 'AdoptProposal', { proposalId, version })

beforeEach(async () => {
  book = await Scenario.founded(NAMES, { at: START })
  there = doing(book)
})

describe('who may answer', () => {
  it('is written down as the round opens: whoever joins before it does, and nobody later', async () => {
    const later = await submitted(there, ada, { opensAt: day(3) })
    const now = await submitted(there, ada)
    await on(2).given('JoinCommunity', { displayName: 'Zoe' }, zoe)
    on(4)
    await answers(later, [zoe])
    expect(await refused(zoe, 'GiveConsent', { proposalId: now, version: 1 })).toMatchObject({ code: 'NOT_ELIGIBLE' })
    expect(await told(later)).toMatchObject({ electorate: 6, answersMissing: 4 })
    expect(await told(now)).toMatchObject({ electorate: 5, answersMissing: 4 })
  })

  it('is without those on leave, unless they answer, and without those who left, whose answer stays', async () => {
    const proposalId = await submitted(there, ada)
    await answers(proposalId, [ben])
    await there.does(ben, 'LeaveCommunity')
    await there.does(cyd, 'TakeLeave')
    await there.does(dov, 'TakeLeave')
    expect(await told(proposalId)).toMatchObject({ electorate: 3, answersMissing: 1 })
    await answers(proposalId, [dov])
    expect(await told(proposalId)).toMatchObject({ electorate: 4, answersMissing: 1 })
    on(5)
    await adopts(proposalId)
    expect((await told(proposalId)).adopted?.tally).toMatchObject({ electorate: 4, consents: 2, silent: 1 })
    // What was decided stays as it was counted, whoever leaves later.
    on(6)
    await there.does(eve, 'LeaveCommunity')
    expect(await told(proposalId)).toMatchObject({ electorate: 4, answersMissing: 1 })
  })

  it('of a constitutional proposal is who acted or said that they are still in, within half a year', async () => {
    on(100)
    await there.does(cyd, 'SayStillIn')
    await there.does(dov, 'FormCircle', { name: 'Kitchen', purpose: 'Food' })
    on(200)
    const proposalId = await submitted(there, ada, { decisionClass: 'constitutional' })
    for (const by of [ben, eve]) {
      const refusal = await refused(by, 'GiveConsent', { proposalId, version: 1 })
      expect(refusal).toMatchObject({ code: 'NOT_ELIGIBLE' })
    }
    await answers(proposalId, [cyd, dov])
    expect(await told(proposalId)).toMatchObject({ electorate: 3, answersMissing: 0 })
  })
})

describe('a constitutional proposal', () => {
  it('is adopted after its window by three quarters, after a second one by half, and by fewer not at all', async () => {
    const quick = await submitted(there, ada, { decisionClass: 'constitutional' })
    const slow = await submitted(there, ada, { decisionClass: 'constitutional' })
    const never = await submitted(there, ada, { decisionClass: 'constitutional' })
    await answers(quick, [ben, cyd, dov])
    await answers(slow, [ben, cyd])
    await answers(never, [ben])
    on(7)
    await adopts(quick)
    const missing = { code: 'PARTICIPATION_NOT_MET', facts: { answers: 3, needed: 4, of: 5 } }
    const slowly = { proposalId: slow, version: 1 }
    expect(await refused(eve, 'AdoptProposal', slowly)).toMatchObject(missing)
    expect((await told(slow)).lacks[0]?.facts).toMatchObject({ secondWindowUntil: day(21) })
    on(20.9)
    expect(await refused(eve, 'AdoptProposal', slowly)).toMatchObject(missing)
    on(21)
    await adopts(slow)
    expect(await refused(eve, 'AdoptProposal', { proposalId: never, version: 1 })).toMatchObject({
      code: 'PARTICIPATION_NOT_MET',
      facts: { answers: 2, needed: 3, of: 5 },
    })
  })
})

describe('silence', () => {
  it('is an answer only where a rule of the community says so, only after the window, and never a consent', async () => {
    await there.does(ada, 'AmendPolicy', { changes: { silenceMeans: 'no-objection' } })
    const standard = await submitted(there, ada)
    const significant = await submitted(there, ada, { decisionClass: 'significant' })
    await there.does(ada, 'AmendPolicy', { changes: { silenceMeans: 'nothing' } }) // not for rounds under way
    expect((await told(standard)).lacks.map(({ code }) => code)).toContain('PARTICIPATION_NOT_MET')
    on(8)
    expect((await told(standard)).lacks).toEqual([])
    expect(await refused(eve, 'AdoptProposal', { proposalId: significant, version: 1 })).toMatchObject({
      code: 'THRESHOLD_NOT_MET',
      facts: { consents: 0, stated: 0 },
    })
    await adopts(standard)
    expect((await told(standard)).adopted?.tally).toMatchObject({ consents: 0, silent: 4 })
  })
})

describe('an objection', () => {
  it('takes the place of an answer, and a consent takes none of an objection that is open', async () => {
    const proposalId = await submitted(there, ada)
    await answers(proposalId, [ben])
    const which = await objected(there, proposalId, ben)
    expect(await told(proposalId)).toMatchObject({ consents: 0, openObjections: 1, answersMissing: 3 })
    await there.does(ben, 'WithdrawObjection', { ...which })
    await answers(proposalId, [ben], 'StandAside')
    expect(await told(proposalId)).toMatchObject({ asides: 1, openObjections: 0, answersMissing: 3 })
  })

  it('set aside stops nothing after three days, and its objector has been heard', async () => {
    const { proposalId } = await setAside(there, ada, ben, cyd, dov)
    await answers(proposalId, [cyd])
    on(5)
    await adopts(proposalId)
    expect((await told(proposalId)).adopted?.tally).toMatchObject({
      consents: 1,
      openObjections: 0,
      setAside: 1,
      silent: 2,
    })
  })

  it('of somebody who stands alone may be set aside after seven days of silence', async () => {
    const proposalId = await submitted(there, ada)
    const which = await objected(there, proposalId, ben)
    const aside = { ...which, reason: 'It is loud everywhere.' }
    on(6.9)
    expect(await refused(cyd, 'SetObjectionAside', aside)).toMatchObject({ facts: { until: day(7) } })
    on(7)
    await there.does(cyd, 'SetObjectionAside', aside)
  })

  it('of two people is nobody’s alone; company is offered when one of them stands alone', async () => {
    const proposalId = await submitted(there, ada)
    const bens = await objected(there, proposalId, ben)
    const cyds = await objected(there, proposalId, cyd)
    const company = async () => {
      await new Timer(book.engine).run()
      return (await book.events()).flatMap(({ type, data }) => (type === 'CompanyOffered' ? [data] : []))
    }
    expect(await company()).toEqual([])
    expect((await told(proposalId)).objections).toMatchObject([
      { settingAside: { allowed: true } },
      { settingAside: { allowed: true } },
    ])
    on(2)
    await there.does(cyd, 'WithdrawObjection', { ...cyds })
    expect(await company()).toMatchObject([{ objectorId: ben, since: day(2), until: day(9) }])
    expect(await refused(dov, 'SetObjectionAside', { ...bens, reason: 'No.' })).toMatchObject({
      code: 'LONE_OBJECTOR_NEEDS_SUPPORT',
      facts: { until: day(9) },
    })
    expect(await company()).toHaveLength(1)
  })

  it('outlives its objector: whoever took it up says that it is met, and nobody else', async () => {
    const which = await testable(there, ada, ben)
    await there.does(cyd, 'TakeUpObjection', { ...which })
    expect(await refused(cyd, 'ResolveObjection', which)).toMatchObject({ code: 'NOT_YOURS_TO_RESOLVE' })
    await there.does(ben, 'LeaveCommunity')
    expect(await refused(dov, 'ResolveObjection', which)).toMatchObject({ code: 'NOT_YOURS_TO_RESOLVE' })
    await there.does(cyd, 'ResolveObjection', { ...which })
    expect((await told(which.proposalId)).objections).toMatchObject([{ status: 'integrated' }])
  })

  it('in a crew is set aside with a word of warning', async () => {
    await there.does(ada, 'AmendPolicy', { changes: { loneObjectorSupport: 'warn' } })
    const which = await objected(there, await submitted(there, ada), ben)
    const outcome = await book.done('SetObjectionAside', { ...which, reason: 'No.' }, cyd)
    expect(outcome.events[0]?.data).toMatchObject({ snapshot: { warnings: [{ code: 'LONE_OBJECTOR_NEEDS_SUPPORT' }] } })
  })
})

describe('a recall', () => {
  it('is not stopped by objections; whom it concerns is heard and not counted', async () => {
    const { circleId } = await there.does(ada, 'FormCircle', { name: 'Kitchen', purpose: 'Food' })
    const { roleId } = await there.does(ada, 'DefineRole', { circleId, name: 'cook', purpose: 'To cook.' })
    const { askId } = await there.does(ada, 'OfferRole', { roleId, toId: dov })
    await there.does(dov, 'AcceptRole', { roleId, askId })
    const changes = [{ command: 'RecallFromRole', input: { roleId, memberId: dov } }]
    const proposalId = await submitted(there, ada, { decisionClass: 'recall', changes })
    await answers(proposalId, [ada, ben, cyd])
    await objected(there, proposalId, eve)
    await objected(there, proposalId, dov)
    on(14)
    expect(await told(proposalId)).toMatchObject({ electorate: 4, consents: 3, openObjections: 2, adoptable: true })
    const events = await book.given('AdoptProposal', { proposalId, version: 1 }, ben)
    expect(typesOf(events)).toContain('RoleRecalled')
    expect((await told(proposalId)).adopted?.tally).toMatchObject({ consents: 3, stated: 4, openObjections: 1 })
  })
})

describe('a consent', () => {
  it('is taken back without a reason, also where there is none, and given once only', async () => {
    const proposalId = await submitted(there, ada)
    await answers(proposalId, [ben])
    expect(await book.given('GiveConsent', { proposalId, version: 1 }, ben)).toEqual([])
    await there.does(ben, 'RevokeConsent', { proposalId })
    expect(await book.given('RevokeConsent', { proposalId }, ben)).toEqual([])
    expect(await told(proposalId)).toMatchObject({ consents: 0, answersMissing: 4 })
  })
})

describe('a proposal in which nothing moves', () => {
  it('lapses thirty days after the last word, noticed or not, and never while its window is open', async () => {
    const proposalId = await submitted(there, ada)
    on(20)
    await there.does(ben, 'RaiseConcern', { proposalId, text: 'The rain.' })
    on(49.9)
    expect(await told(proposalId)).toMatchObject({ status: 'open', lapsesAt: day(50) })
    on(50)
    expect(await told(proposalId)).toMatchObject({ status: 'lapsed' })
    expect(await refused(ben, 'GiveConsent', { proposalId, version: 1 })).toMatchObject({ facts: { status: 'lapsed' } })
    await new Timer(book.engine).run()
    await new Timer(book.engine).run()
    const lapsed = (await book.events()).filter(({ type }) => type === 'ProposalLapsed')
    expect(lapsed).toMatchObject([{ effectiveAt: day(50), data: { proposalId, lapsedAt: day(50) } }])
    await there.does(ada, 'AmendPolicy', { changes: { proposalLapseDays: 7 } })
    const short = await submitted(there, ada, { decisionClass: 'significant' })
    expect(await told(short)).toMatchObject({ lapsesAt: day(50 + 8) })
  })

  it('is moved by whoever says that they will carry it', async () => {
    const proposalId = await submitted(there, ada)
    on(20)
    const { askId } = await there.does(ada, 'AskToCarry', { proposalId, toId: ben })
    await there.does(ben, 'AcceptResponsibility', { askId })
    expect(await told(proposalId)).toMatchObject({ lapsesAt: day(50) })
  })
})
