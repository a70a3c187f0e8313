import { beforeEach, describe, expect, it } from 'vitest'
import { Timer } from '../../src/engine/timer.ts'
import { adopted, agreedOn, type Deciding, onTrial } from '../support/decided.ts'
import { doing } from '../support/doing.ts'
import { deciding } from '../support/history-of-agreements.ts'
import { personNamed, Scenario } from '../support/scenario.ts'

const [ada, ben, cyd] = ['ada', 'ben', 'cyd'].map(personNamed) as [string, string, string]
const MEMBERS = [ada, ben, cyd]
const DAY = 86_400_000

let s: Scenario
let there: Deciding
beforeEach(async () => {
  s = await Scenario.founded(['ada', 'ben', 'cyd'], { at: '2026-01-01T00:00:00Z' })
  there = deciding(s, doing(s))
})

interface Agreement {
  readonly agreement: { readonly reviewDate: string; readonly carriedBy: readonly { readonly id: string }[] }
  readonly inForce: boolean
  readonly replacedBy: string | null
}
const agreement = (agreementId: string, point: object = {}) =>
  s.ask<Agreement>('agreement', { agreement: agreementId }, point)
const carriers = async (id: string, point: object = {}) =>
  (await agreement(id, point)).agreement.carriedBy.map((p) => p.id)
const inForce = async (point: object = {}) => (await s.ask<{ count: number }>('agreements', {}, point)).count
const due = async (point: object = {}) => {
  const { agreements } = await s.ask<{ agreements: { why: string[] }[] }>('agreements-due', {}, point)
  return agreements.map(({ why }) => why)
}
const day = (days: number) => new Date(s.now + days * DAY).toISOString()

describe('who carries an agreement', () => {
  it('is whoever said so: the proposer as they proposed it, whoever they asked, and anybody of their own accord', async () => {
    const proposalId = await agreedOn(there, MEMBERS, { carriedByMe: true })
    const { askId } = await there.does(ada, 'AskToCarry', { proposalId, toId: ben })
    await there.does(ben, 'AcceptResponsibility', { askId })
    const { agreementId = '' } = await there.does(cyd, 'AdoptProposal', { proposalId, version: 1 })
    expect(await carriers(agreementId)).toEqual([ada, ben])
    s.later(DAY)
    await there.does(cyd, 'AcceptResponsibility', { agreementId })
    expect(await carriers(agreementId)).toEqual([ada, ben, cyd])
    expect(await carriers(agreementId, { asOf: day(-0.5) })).toEqual([ada, ben])
    await there.does(ben, 'EndResponsibility', { agreementId })
    expect(await carriers(agreementId)).toEqual([ada, cyd])
  })

  it('is nobody whom others name: an ask binds nobody, and what was asked of a proposal is carried as its agreement', async () => {
    const proposalId = await agreedOn(there, MEMBERS)
    const { askId } = await there.does(ada, 'AskToCarry', { proposalId, toId: ben })
    const { agreementId = '' } = await there.does(cyd, 'AdoptProposal', { proposalId, version: 1 })
    expect(await carriers(agreementId)).toEqual([])
    expect(await due()).toEqual([['nobody-carries-it']])
    await there.does(ben, 'AcceptResponsibility', { askId })
    expect(await carriers(agreementId)).toEqual([ben])
    expect(await due()).toEqual([])
    expect((await s.refused('AcceptResponsibility', { askId }, ben)).code).toBe('ASK_CLOSED')
  })

  it('is nobody who has left, nor do they carry it again by joining again', async () => {
    const { agreementId } = await adopted(there, MEMBERS, { carriedByMe: true })
    s.later(DAY)
    await there.does(ada, 'LeaveCommunity')
    expect(await carriers(agreementId)).toEqual([])
    await there.does(ada, 'JoinCommunity', { displayName: 'Ada' })
    expect(await carriers(agreementId)).toEqual([])
    expect(await carriers(agreementId, { asOf: day(-0.5) })).toEqual([ada])
  })
})

describe('a review', () => {
  it('keeps an agreement once a second has said so too, and sets its next day', async () => {
    const { agreementId } = await adopted(there, MEMBERS, { carriedByMe: true })
    const before = await agreement(agreementId)
    expect(Date.parse(before.agreement.reviewDate)).toBe(s.now + 182 * DAY)
    await there.does(ada, 'ReviewAgreement', { agreementId, outcome: 'keep', nextReviewAfterDays: 300 })
    expect(await agreement(agreementId)).toMatchObject({ waitsForSecond: { by: { id: ada } }, keptAt: [] })
    expect((await agreement(agreementId)).agreement.reviewDate).toBe(before.agreement.reviewDate)
    await there.does(ben, 'SecondAgreementReview', { agreementId })
    const kept = await agreement(agreementId)
    expect(kept).toMatchObject({ waitsForSecond: null, keptAt: [expect.stringContaining('2026')] })
    expect(Date.parse(kept.agreement.reviewDate)).toBe(s.now + 300 * DAY)
  })

  it('is due on its day, overdue after it, and noticed once; the agreement goes on', async () => {
    const { agreementId } = await adopted(there, MEMBERS, { carriedByMe: true, reviewAfterDays: 40 })
    expect(await due()).toEqual([])
    expect(await due({ asOf: day(10) })).toEqual([['review-due']])
    expect(await due({ asOf: day(41) })).toEqual([['review-overdue']])
    await there.later(41)
    await new Timer(s.engine).run()
    await new Timer(s.engine).run()
    const noticed = (await s.events()).filter(({ type }) => type === 'AgreementReviewDueNoticed')
    expect(noticed.map(({ data }) => data.agreementId)).toEqual([agreementId])
    expect(await agreement(agreementId)).toMatchObject({ inForce: true })
  })

  it('retires an agreement by another adopted proposal, or puts that in its place', async () => {
    const [first, second] = [await adopted(there, MEMBERS), await adopted(there, MEMBERS)]
    const later = await adopted(there, MEMBERS)
    expect(await inForce()).toBe(3)
    s.later(DAY)
    const { proposalId } = later
    await there.does(cyd, 'ReviewAgreement', { agreementId: first.agreementId, outcome: 'retire', proposalId })
    await there.does(cyd, 'ReviewAgreement', { agreementId: second.agreementId, outcome: 'amend', proposalId })
    expect(await inForce()).toBe(1)
    expect(await inForce({ asOf: day(-0.5) })).toBe(3)
    expect(await agreement(first.agreementId)).toMatchObject({ inForce: false, replacedBy: null })
    expect(await agreement(second.agreementId)).toMatchObject({ inForce: false, replacedBy: later.agreementId })
    expect(await agreement(second.agreementId, { asOf: day(-0.5) })).toMatchObject({ inForce: true, replacedBy: null })
  })
})

describe('a trial', () => {
  it('ends by itself, by its date, whether or not anybody looks', async () => {
    const { agreementId } = await onTrial(there, MEMBERS, 90)
    expect(await inForce({ asOf: day(89) })).toBe(1)
    expect(await inForce({ asOf: day(90) })).toBe(0)
    expect(await due({ asOf: day(61) })).toEqual([['ends-soon']])
    await there.later(90)
    expect(await agreement(agreementId)).toMatchObject({ inForce: false })
    // Its review would have been after its end: nobody is reminded of it.
    await there.later(100)
    await new Timer(s.engine).run()
    expect((await s.events()).map(({ type }) => type)).not.toContain('AgreementReviewDueNoticed')
  })
})

describe('what was known', () => {
  it('of an agreement stays answered as it was, whatever comes later', async () => {
    const { agreementId } = await adopted(there, MEMBERS, { carriedByMe: true })
    const atRevision = (await s.hot()).head.revision
    const then = await agreement(agreementId, { atRevision, asOf: day(0) })
    await there.does(ada, 'EndResponsibility', { agreementId })
    await there.does(ben, 'AcceptResponsibility', { agreementId })
    expect(await agreement(agreementId, { atRevision, asOf: day(0) })).toEqual(then)
    expect(await agreement(agreementId)).not.toEqual(then)
    expect(await s.ask('agreement', { agreement: agreementId }, { atRevision: 2 })).toBeUndefined()
  })

  it('to worry people stands with it, in their words', async () => {
    const { proposalId = '' } = await there.does(ada, 'SubmitProposal', { title: 'T', driver: 'D', text: 'x' })
    for (const by of [ben, cyd]) await there.does(by, 'GiveConsent', { proposalId, version: 1 })
    await there.does(ben, 'RaiseConcern', { proposalId, text: 'Who keeps the books?' })
    await there.later(15)
    const { agreementId = '' } = await there.does(ada, 'AdoptProposal', { proposalId, version: 1 })
    expect(await agreement(agreementId)).toMatchObject({ concerns: [{ text: 'Who keeps the books?' }], text: 'x' })
  })
})
