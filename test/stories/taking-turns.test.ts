import { beforeEach, describe, expect, it } from 'vitest'
import { aRole, day, inRole, learns, on, START, takes, takesOver } from '../projections/lived.ts'
import { doing } from '../support/doing.ts'
import { answersTo, asksToAnswerTo } from '../support/hosting.ts'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'

const [ana, ben, chi, dee, eli] = ['ana', 'ben', 'chi', 'dee', 'eli'].map(personNamed) as [
  string,
  string,
  string,
  string,
  string,
]
let s: Scenario
let roleId: string

beforeEach(async () => {
  s = await Scenario.founded(['ana', 'ben', 'chi', 'dee', 'eli'], { at: START, overHttp: true })
  roleId = await aRole(s, chi, { circle: 'Gatherings', name: 'Gathering Steward', weight: 3, termDays: 182 })
})

/** Chi and Dee say yes to holding somebody to account. @returns the ties. */
async function answeredBy(person: string): Promise<readonly string[]> {
  return [await answersTo(doing(s), person, chi), await answersTo(doing(s), person, dee)]
}

/** The story up to a day: each step comes on its own day. */
async function until(last: number): Promise<void> {
  const ties = await answeredBy(ana)
  await takes(s, roleId, chi, ana)
  await learns(s, roleId, ana, ben)
  on(s, Math.min(last, 167))
  if (last >= 167) await answeredBy(ben)
  if (last >= 167) await takesOver(s, roleId, ana, ben, day(182))
  if (last >= 182) await learns(on(s, 182), roleId, ben, eli)
  if (last >= 182) for (const accountabilityId of ties) await s.given('EndAccountability', { accountabilityId }, ana)
  if (last >= 364) await on(s, 364).given('RenewTerm', { roleId }, ben)
  on(s, last)
}

describe('taking turns: understudy, handover, limit (story 2)', () => {
  it('the offer is between Chi and Ana, and only Ana says yes to it', async () => {
    const offered = await s.given('OfferRole', { roleId, toId: ana }, chi)
    expect(offered[0]?.data).toMatchObject({ termStart: day(0), termEnd: day(182) })
    const askId = fieldOf(offered, 'RoleOffered', 'askId')
    expect(await s.refused('AcceptRole', { roleId, askId }, chi)).toMatchObject({ code: 'NOT_YOURS_TO_ACCEPT' })
    expect(await s.refused('AcceptRole', { roleId, askId }, dee)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await s.refused('AcceptRole', { roleId, askId }, ana)).toMatchObject({
      code: 'ACCOUNTABILITY_PARTNERS_REQUIRED',
      facts: { required: 2, have: 0, band: 'high' },
    })
    await answeredBy(ana)
    expect(await s.refused('InviteAccountabilityPartner', { toId: ana }, dee)).toMatchObject({
      code: 'RECIPROCAL_ACCOUNTABILITY',
    })
    const [accepted] = await s.given('AcceptRole', { roleId, askId }, ana)
    expect(accepted?.data).toMatchObject({ seat: 1, termNumber: 1, termEnd: day(182), asked: { by: chi } })
    const lambda = expect.closeTo((5 * 4) / 8.5, 9)
    expect(accepted?.data).toMatchObject({ snapshot: { required: 2, have: 2, band: 'high', lambda } })
  })

  it('Ben needs partners of his own, and who is one is not his understudy', async () => {
    await until(0)
    on(s, 167)
    const handover = { roleId, toIds: [ben], handoverAt: day(182), overlapFrom: day(168), notes: { lessons: 'Sing.' } }
    const askId = fieldOf(await s.given('HandOverRole', handover, ana), 'RoleHandoverOffered', 'askId')
    expect(await s.refused('AcceptHandover', { askId }, ben)).toMatchObject({
      code: 'ACCOUNTABILITY_PARTNERS_REQUIRED',
      facts: { required: 2, have: 0 },
    })
    const eliAsked = await asksToAnswerTo(doing(s), ben, eli)
    await s.given('WithdrawAsk', { askId: eliAsked }, ben)
    await answeredBy(ben)
    const [taken] = await s.given('AcceptHandover', { askId }, ben)
    expect(taken?.data).toMatchObject({ from: ana, personId: ben, handoverAt: day(182), termEnd: day(364) })
    expect(taken?.data).toMatchObject({ snapshot: { required: 2, have: 2 } })
  })

  it('whom a holder answers to does not come to learn the role', async () => {
    await until(182)
    const asked = await s.given('InviteUnderstudy', { roleId, toId: ana }, ben)
    const askId = fieldOf(asked, 'UnderstudyInvited', 'askId')
    await answersTo(doing(s), ben, ana)
    expect(await s.refused('AcceptUnderstudy', { askId }, ana)).toMatchObject({ code: 'PARTNER_CONFLICTED' })
    expect(await s.refused('InviteUnderstudy', { roleId, toId: chi }, ben)).toMatchObject({
      code: 'PARTNER_CONFLICTED',
    })
    expect(await s.refused('InviteAccountabilityPartner', { toId: eli }, ben)).toMatchObject({
      code: 'PARTNER_CONFLICTED',
    })
  })

  it('an offer to hand over changes nothing anybody sees', async () => {
    await until(0)
    const handover = { roleId, toIds: [ben], handoverAt: day(182), overlapFrom: day(168) }
    const refused = await on(s, 167).refused('HandOverRole', handover, ana)
    expect(refused).toMatchObject({ code: 'HANDOVER_NOTES_REQUIRED' })
    const notes = { lessons: 'Begin with the songs.' }
    await s.given('HandOverRole', { ...handover, notes }, ana)
    expect(await inRole(s, roleId)).toEqual(['ana (holder, held)', 'ben (understudy, held)'])
    expect(await s.ask('handovers')).toMatchObject({ count: 0 })
  })

  it('Ben takes over from day 182 on, and holds it with Ana from day 168 on', async () => {
    await until(167)
    const taken = (await s.events()).find(({ type }) => type === 'RoleHandedOver')
    expect(taken?.data).toMatchObject({ from: ana, personId: ben, handoverAt: day(182), overlapFrom: day(168) })
    expect(taken?.data).toMatchObject({ termNumber: 1, termEnd: day(364) })
  })

  it('Ben renews in the last quarter or after the end, and not a third time', async () => {
    await until(182)
    expect(await on(s, 300).refused('RenewTerm', { roleId }, ben)).toMatchObject({
      code: 'TOO_EARLY_TO_RENEW',
      facts: { from: day(318.5) },
    })
    const [renewed] = await on(s, 364).given('RenewTerm', { roleId }, ben)
    expect(renewed?.data).toMatchObject({ termNumber: 2, termStart: day(364), termEnd: day(546) })
    expect(await on(s, 546).refused('RenewTerm', { roleId }, ben)).toMatchObject({
      code: 'CONSECUTIVE_TERM_LIMIT',
      facts: { limit: 2, again: day(637) },
    })
  })

  it('as of each day the roster tells whose turn it is', async () => {
    await until(600)
    const at = (n: number) => inRole(s, roleId, { asOf: day(n) })
    expect(await at(100)).toEqual(['ana (holder, held)', 'ben (understudy, held)'])
    expect(await at(170)).toEqual(['ana (holder, held)', 'ben (holder, taking-over)'])
    expect(await at(190)).toEqual(['ben (holder, held)', 'eli (understudy, held)'])
    expect(await at(560)).toEqual(['ben (holder, held-over)', 'eli (understudy, held)'])
    expect(await at(577)).toEqual(['eli (understudy, held)'])
  })

  it('the horizon says so: ending, held over, vacant', async () => {
    await until(600)
    const at = async (n: number) =>
      (await s.ask<{ roles: readonly unknown[] }>('horizon', {}, { asOf: day(n) })).roles[0]
    const named = { person: { name: 'ben' }, seat: 1, termEnd: day(546) }
    expect(await at(500)).toMatchObject({ ending: [{ ...named, daysLeft: 46, termNumber: 2, next: null }], vacant: [] })
    expect(await at(560)).toMatchObject({ ending: [], heldOver: [{ ...named, until: day(576) }], vacant: [] })
    expect(await at(577)).toMatchObject({ heldOver: [], vacant: [{ seat: 1, since: day(576), until: null }] })
    expect(await at(170)).toMatchObject({ ending: [{ person: { name: 'ana' }, next: { name: 'ben' } }] })
  })

  it('Eli may take it over; Ben again after the rest, from day 637 on', async () => {
    await until(546)
    const again = (n: number) => ({ roleId, toId: ben, termStart: day(n) })
    on(s, 560)
    await answeredBy(eli)
    await takes(s, roleId, chi, eli)
    expect(await inRole(s, roleId)).toEqual(['eli (holder, held)'])
    await on(s, 630).given('StepBack', { roleId }, eli)
    expect(await s.refused('OfferRole', again(636), chi)).toMatchObject({ code: 'CONSECUTIVE_TERM_LIMIT' })
    const [offered] = await s.given('OfferRole', again(637), chi)
    const askId = fieldOf(offered ? [offered] : [], 'RoleOffered', 'askId')
    const [accepted] = await s.given('AcceptRole', { roleId, askId }, ben)
    expect(accepted?.data).toMatchObject({ termNumber: 1, termStart: day(637) })
  })
})
