import type { Outcome } from '../../src/engine/submission.ts'
import { fieldOf, type Scenario } from '../support/scenario.ts'
import {
  aRole,
  DAY,
  handing,
  held,
  inDays,
  invited,
  offered,
  policy,
  retired,
  standing,
  understudied,
} from './lived.ts'
import { ada, ben, cyd, type RefusalCase } from './refusal-case.ts'

const NO_ROLE = `role_${'x'.repeat(22)}`
const refusal = (
  command: string,
  code: string,
  because: string,
  when: (book: Scenario) => Promise<Outcome>,
): RefusalCase => ({ command, code, because, when })

/** Ben holds a role for one short term after another, as often as he may: two terms of 30 days. */
async function twiceHeld(book: Scenario): Promise<string> {
  const roleId = await aRole(book)
  for (const _ of [1, 2]) {
    await held(book, roleId, ben, ada, { termEnd: inDays(book, 30) })
    book.later(61 * DAY)
  }
  return roleId
}

/** Ben's term, of 20 days, is in its last days. */
async function ending(book: Scenario, more: Record<string, unknown> = {}): Promise<string> {
  const roleId = await aRole(book, more)
  await held(book, roleId, ben, ada, { termEnd: inDays(book, 20) })
  book.later(18 * DAY)
  return roleId
}

const OFFERS: readonly RefusalCase[] = [
  refusal('OfferRole', 'OFFER_NEEDS_MANDATE', 'it carries 2, and the guard is on', async (book) => {
    const roleId = await aRole(book, { weight: 2 })
    await policy(book, { mandateToOffer: 'require' })
    return book.when('OfferRole', { roleId, toId: ben }, ada)
  }),
  refusal('OfferRole', 'OFFER_NEEDS_MANDATE', 'nobody offers themself what carries 2, guard or not', async (book) =>
    book.when('OfferRole', { roleId: await aRole(book, { weight: 2 }), toId: ada }, ada),
  ),
  refusal('OfferRole', 'NO_FREE_SEAT', 'Ben holds the only seat', async (book) => {
    const roleId = await aRole(book)
    await held(book, roleId, ben, ada)
    return book.when('OfferRole', { roleId, toId: cyd }, ada)
  }),
  refusal('OfferRole', 'TERM_REQUIRED', 'it would never end', async (book) =>
    book.when('OfferRole', { roleId: await aRole(book), toId: ben, termEnd: null }, ada),
  ),
  refusal('OfferRole', 'TERM_REQUIRED', 'it would end as it begins', async (book) =>
    book.when(
      'OfferRole',
      { roleId: await aRole(book), toId: ben, termStart: '2026-05-01', termEnd: '2026-05-01' },
      ada,
    ),
  ),
  refusal('OfferRole', 'TERM_TOO_LONG', 'it would be 731 days', async (book) =>
    book.when('OfferRole', { roleId: await aRole(book), toId: ben, termEnd: inDays(book, 731) }, ada),
  ),
  refusal('OfferRole', 'CONSECUTIVE_TERM_LIMIT', 'Ben has had two in a row', async (book) =>
    book.when('OfferRole', { roleId: await twiceHeld(book), toId: ben }, ada),
  ),
  refusal('OfferRole', 'ROLE_RETIRED', 'it is retired', async (book) => {
    const roleId = await aRole(book)
    await retired(book, roleId)
    return book.when('OfferRole', { roleId, toId: ben }, ada)
  }),
  refusal('OfferRole', 'RESPOND_BY_IN_PAST', 'that moment has passed', async (book) =>
    book.when('OfferRole', { roleId: await aRole(book), toId: ben, respondBy: '2026-01-01' }, ada),
  ),
  refusal('OfferRole', 'UNKNOWN_REFERENCE', 'there is no such role', (book) =>
    book.when('OfferRole', { roleId: NO_ROLE, toId: ben }, ada),
  ),
  refusal('AcceptRole', 'ASK_CLOSED', 'it was declined', async (book) => {
    const roleId = await aRole(book)
    const askId = await offered(book, roleId, ben, ada)
    await book.given('DeclineAsk', { askId }, ben)
    return book.when('AcceptRole', { roleId, askId }, ben)
  }),
  refusal('AcceptRole', 'NOT_YOURS_TO_ACCEPT', 'Ada asked, Ben answers', async (book) => {
    const roleId = await aRole(book)
    return book.when('AcceptRole', { roleId, askId: await offered(book, roleId, ben, ada) }, ada)
  }),
  refusal('AcceptRole', 'NOT_FOUND', 'Cyd is no party, and knows of no ask', async (book) => {
    const roleId = await aRole(book)
    return book.when('AcceptRole', { roleId, askId: await offered(book, roleId, ben, ada) }, cyd)
  }),
  refusal('AcceptRole', 'NO_FREE_SEAT', 'another yes came first', async (book) => {
    const roleId = await aRole(book)
    const askId = await offered(book, roleId, ben, ada)
    await held(book, roleId, cyd, ada)
    return book.when('AcceptRole', { roleId, askId }, ben)
  }),
  refusal('AcceptRole', 'CONSECUTIVE_TERM_LIMIT', 'it would be a third in a row by now', async (book) => {
    const roleId = await aRole(book, { seats: 2 })
    await held(book, roleId, ben, ada, { termEnd: inDays(book, 30) })
    const later = { termStart: inDays(book, 40), termEnd: inDays(book, 60) }
    const askId = await offered(book.later(), roleId, ben, ada, {
      termStart: inDays(book, 70),
      termEnd: inDays(book, 90),
    })
    await held(book.later(), roleId, ben, ada, later)
    return book.when('AcceptRole', { roleId, askId }, ben)
  }),
  refusal('AcceptRole', 'ROLE_RETIRED', 'it was retired since', async (book) => {
    const roleId = await aRole(book)
    const askId = await offered(book, roleId, ben, ada)
    await retired(book, roleId)
    return book.when('AcceptRole', { roleId, askId }, ben)
  }),
]

const TERMS: readonly RefusalCase[] = [
  refusal('RenewTerm', 'NOT_THE_HOLDER', 'Cyd holds nothing', async (book) =>
    book.when('RenewTerm', { roleId: await ending(book) }, cyd),
  ),
  refusal('RenewTerm', 'TOO_EARLY_TO_RENEW', 'the last quarter has not come', async (book) => {
    const roleId = await aRole(book)
    await held(book, roleId, ben, ada)
    return book.when('RenewTerm', { roleId }, ben)
  }),
  refusal('RenewTerm', 'CONSECUTIVE_TERM_LIMIT', 'it would be the third', async (book) => {
    await policy(book, { maxConsecutiveTerms: 1 })
    return book.when('RenewTerm', { roleId: await ending(book) }, ben)
  }),
  refusal('RenewTerm', 'UNDERSTUDY_REQUIRED', 'it carries 2 and nobody learns it', async (book) =>
    book.when('RenewTerm', { roleId: await ending(book, { weight: 2 }) }, ben),
  ),
  refusal('RenewTerm', 'HANDED_OVER', 'Cyd has taken it over', async (book) => {
    const roleId = await ending(book)
    const askId = await handing(book, roleId, cyd, ben, { handoverAt: inDays(book, 1) })
    await book.given('AcceptHandover', { askId }, cyd)
    return book.when('RenewTerm', { roleId }, ben)
  }),
  refusal('RenewTerm', 'NO_FREE_SEAT', 'Cyd has accepted the seat from then on', async (book) => {
    const roleId = await ending(book)
    await held(book, roleId, cyd, ada, { termStart: inDays(book, 3) })
    return book.when('RenewTerm', { roleId }, ben)
  }),
  refusal('StepBack', 'NOT_THE_HOLDER', 'Cyd holds nothing', async (book) =>
    book.when('StepBack', { roleId: await ending(book) }, cyd),
  ),
  refusal('DefineRole', 'ROLE_NEEDS_MANDATE', 'it carries 2, and the guard is on', async (book) => {
    const circle = await book.given('FormCircle', { name: 'Cellar', purpose: 'Drink' }, ada)
    await policy(book, { mandateToDefine: 'require' })
    const circleId = fieldOf(circle, 'CircleFormed', 'circleId')
    return book.when('DefineRole', { circleId, name: 'butler', purpose: 'Wine', weight: 2 }, ada)
  }),
  refusal('AmendRole', 'ROLE_NEEDS_MANDATE', 'it would carry 2, and the guard is on', async (book) => {
    const roleId = await aRole(book)
    await policy(book, { mandateToDefine: 'require' })
    return book.when('AmendRole', { roleId, changes: { weight: 2 } }, ada)
  }),
  refusal('RetireRole', 'ROLE_NEEDS_MANDATE', 'it carries 2, and the guard is on', async (book) => {
    const roleId = await aRole(book, { weight: 2 })
    await policy(book, { mandateToDefine: 'require' })
    return book.when('RetireRole', { roleId }, ada)
  }),
  refusal('RetireRole', 'ROLE_HELD', 'Ben has accepted it for later', async (book) => {
    const roleId = await aRole(book)
    await held(book, roleId, ben, ada, { termStart: inDays(book, 5) })
    return book.when('RetireRole', { roleId }, ada)
  }),
]

const UNDERSTUDIES: readonly RefusalCase[] = [
  refusal('InviteUnderstudy', 'NOT_THE_HOLDER', 'Ada holds nothing', async (book) =>
    book.when('InviteUnderstudy', { roleId: await aRole(book), toId: cyd }, ada),
  ),
  refusal('InviteUnderstudy', 'ALREADY_HOLDER', 'Cyd holds it too', async (book) => {
    const roleId = await aRole(book, { seats: 2 })
    await held(book, roleId, ben, ada)
    await held(book, roleId, cyd, ada)
    return book.when('InviteUnderstudy', { roleId, toId: cyd }, ben)
  }),
  refusal('InviteUnderstudy', 'ALREADY_UNDERSTUDY', 'Cyd learns it already', async (book) => {
    const roleId = await aRole(book)
    await held(book, roleId, ben, ada)
    await understudied(book, roleId, cyd, ben)
    return book.when('InviteUnderstudy', { roleId, toId: cyd }, ben)
  }),
  refusal('InviteUnderstudy', 'ROLE_RETIRED', 'it is retired', async (book) => {
    const roleId = await aRole(book)
    await retired(book, roleId)
    return book.when('InviteUnderstudy', { roleId, toId: cyd }, ben)
  }),
  refusal('InviteUnderstudy', 'RESPOND_BY_IN_PAST', 'that moment has passed', async (book) => {
    const roleId = await aRole(book)
    await held(book, roleId, ben, ada)
    return book.when('InviteUnderstudy', { roleId, toId: cyd, respondBy: '2026-01-01' }, ben)
  }),
  ...(['ASK_CLOSED', 'NOT_YOURS_TO_ACCEPT', 'ALREADY_HOLDER', 'ALREADY_UNDERSTUDY', 'ROLE_RETIRED'] as const).map(
    (code) =>
      refusal('AcceptUnderstudy', code, 'of what happened since the ask', async (book) => {
        const roleId = await aRole(book, { seats: 2 })
        await held(book, roleId, ben, ada)
        const askId = await invited(book, roleId, cyd, ben)
        if (code === 'ASK_CLOSED') await book.given('WithdrawAsk', { askId }, ben)
        if (code === 'ALREADY_HOLDER') await held(book, roleId, cyd, ada)
        if (code === 'ALREADY_UNDERSTUDY') await understudied(book.later(), roleId, cyd, ben)
        if (code === 'ROLE_RETIRED') {
          await book.given('StepBack', { roleId }, ben)
          await retired(book, roleId)
        }
        return book.when('AcceptUnderstudy', { askId }, code === 'NOT_YOURS_TO_ACCEPT' ? ben : cyd)
      }),
  ),
  refusal('EndUnderstudy', 'NOT_YOURS_TO_END', 'Ada neither learns nor holds it', async (book) => {
    const roleId = await aRole(book)
    await held(book, roleId, ben, ada)
    return book.when('EndUnderstudy', { holdingId: await understudied(book, roleId, cyd, ben) }, ada)
  }),
  refusal('EndUnderstudy', 'NOT_AN_UNDERSTUDY', 'it is a holder’s holding', async (book) => {
    const roleId = await aRole(book)
    return book.when('EndUnderstudy', { holdingId: await held(book, roleId, ben, ada) }, ben)
  }),
]

const hand = (book: Scenario, roleId: string, by: string, more: Record<string, unknown> = {}) => {
  const handoverAt = inDays(book, 10)
  const notes = { lessons: 'Salt last.' }
  return book.when('HandOverRole', { roleId, toIds: [cyd], handoverAt, notes, ...more }, by)
}

const HANDOVERS: readonly RefusalCase[] = [
  refusal('HandOverRole', 'NOT_THE_HOLDER', 'Ada holds nothing', async (book) => hand(book, await aRole(book), ada)),
  refusal('HandOverRole', 'HANDED_OVER', 'it was taken over already', async (book) => {
    const roleId = await aRole(book)
    await held(book, roleId, ben, ada)
    await book.given('AcceptHandover', { askId: await handing(book, roleId, cyd, ben) }, cyd)
    return hand(book, roleId, ben, { toIds: [ada] })
  }),
  refusal('HandOverRole', 'HANDOVER_OUT_OF_TERM', 'nobody carries it by then', async (book) => {
    const roleId = await aRole(book)
    await held(book, roleId, ben, ada)
    return hand(book, roleId, ben, { handoverAt: inDays(book, 400) })
  }),
  refusal('HandOverRole', 'HANDOVER_NOTES_REQUIRED', 'it carries 2', async (book) => {
    const roleId = await aRole(book, { weight: 2 })
    await held(book, roleId, ben, ada)
    return hand(book, roleId, ben, { notes: { contacts: [] } })
  }),
  refusal('HandOverRole', 'HANDOVER_NEEDS_MANDATE', 'Cyd is new to it, and the guard is on', async (book) => {
    const roleId = await aRole(book, { weight: 2 })
    await held(book, roleId, ben, ada)
    await policy(book, { mandateToHandOver: 'require' })
    return hand(book, roleId, ben)
  }),
  refusal(
    'HandOverRole',
    'CONSECUTIVE_TERM_LIMIT',
    'Cyd has had a turn, and one is as many as there are',
    async (book) => {
      await policy(book, { maxConsecutiveTerms: 1 })
      const roleId = await aRole(book)
      await held(book, roleId, cyd, ada, { termEnd: inDays(book, 20) })
      book.later(60 * DAY)
      await held(book, roleId, ben, ada)
      return hand(book, roleId, ben)
    },
  ),
  refusal('HandOverRole', 'ALREADY_HOLDER', 'Cyd holds it in another seat', async (book) => {
    const roleId = await aRole(book, { seats: 2 })
    await held(book, roleId, ben, ada)
    await held(book, roleId, cyd, ada)
    return hand(book, roleId, ben)
  }),
  refusal('HandOverRole', 'RESPOND_BY_IN_PAST', 'that moment has passed', async (book) => {
    const roleId = await aRole(book)
    await held(book, roleId, ben, ada)
    return hand(book, roleId, ben, { respondBy: '2026-01-01' })
  }),
  ...(['ASK_CLOSED', 'NOT_YOURS_TO_ACCEPT', 'NO_FREE_SEAT', 'CONSECUTIVE_TERM_LIMIT'] as const).map((code) =>
    refusal('AcceptHandover', code, 'of what happened since the ask', async (book) => {
      const roleId = await aRole(book, { seats: 2 })
      await held(book, roleId, ben, ada)
      const askId = await handing(book, roleId, cyd, ben)
      if (code === 'ASK_CLOSED') await book.given('StepBack', { roleId }, ben)
      if (code === 'NO_FREE_SEAT')
        await book.given('AcceptHandover', { askId: await handing(book, roleId, ada, ben) }, ada)
      if (code === 'CONSECUTIVE_TERM_LIMIT') {
        await policy(book, { maxConsecutiveTerms: 1 })
        await held(book, roleId, cyd, ada, { termEnd: inDays(book, 5) })
      }
      return book.when('AcceptHandover', { askId }, code === 'NOT_YOURS_TO_ACCEPT' ? ben : cyd)
    }),
  ),
  ...(['NOT_IN_HANDOVER', 'ALREADY_DONE', 'UNKNOWN_STEP'] as const).map((code) =>
    refusal('TickHandoverStep', code, 'the checklist says so', async (book) => {
      const roleId = await aRole(book, { handoverSteps: ['keys', 'stove'] })
      await held(book, roleId, ben, ada)
      const taken = await book.given('AcceptHandover', { askId: await handing(book, roleId, cyd, ben) }, cyd)
      const holdingId = fieldOf(taken, 'RoleHandedOver', 'holdingId')
      await book.given('TickHandoverStep', { holdingId, step: 1 }, ben)
      const step = { NOT_IN_HANDOVER: 2, ALREADY_DONE: 1, UNKNOWN_STEP: 3 }[code]
      return book.when('TickHandoverStep', { holdingId, step }, code === 'NOT_IN_HANDOVER' ? ada : cyd)
    }),
  ),
]

const STANDING_IN: readonly RefusalCase[] = [
  refusal('StandIn', 'NOT_THE_HOLDER', 'it is Ben’s holding', async (book) => {
    const holdingId = await held(book, await aRole(book), ben, ada)
    return book.when('StandIn', { holdingId, toId: cyd }, ada)
  }),
  refusal('StandIn', 'STAND_IN_OVERLAPS', 'Cyd acts then already', async (book) => {
    const holdingId = await held(book, await aRole(book), ben, ada)
    await book.given('AcceptStandIn', { askId: await standing(book, holdingId, cyd, ben) }, cyd)
    return book.when('StandIn', { holdingId, toId: ada, from: inDays(book, 2) }, ben)
  }),
  refusal('StandIn', 'ALREADY_HOLDER', 'it would be for himself', async (book) => {
    const holdingId = await held(book, await aRole(book), ben, ada)
    return book.when('StandIn', { holdingId, toId: ben }, ben)
  }),
  refusal('StandIn', 'RESPOND_BY_IN_PAST', 'that moment has passed', async (book) => {
    const holdingId = await held(book, await aRole(book), ben, ada)
    return book.when('StandIn', { holdingId, toId: cyd, respondBy: '2026-01-01' }, ben)
  }),
  ...(['ASK_CLOSED', 'NOT_YOURS_TO_ACCEPT', 'STAND_IN_OVERLAPS'] as const).map((code) =>
    refusal('AcceptStandIn', code, 'of what happened since the ask', async (book) => {
      const holdingId = await held(book, await aRole(book), ben, ada)
      const askId = await standing(book, holdingId, cyd, ben)
      if (code === 'ASK_CLOSED') book.later(4 * DAY)
      if (code === 'STAND_IN_OVERLAPS')
        await book.given('AcceptStandIn', { askId: await standing(book, holdingId, ada, ben) }, ada)
      return book.when('AcceptStandIn', { askId }, code === 'NOT_YOURS_TO_ACCEPT' ? ben : cyd)
    }),
  ),
  refusal('StepIn', 'HOLDER_NOT_ON_LEAVE', 'Ben is here', async (book) => {
    const roleId = await aRole(book)
    await held(book, roleId, ben, ada)
    await understudied(book, roleId, cyd, ben)
    return book.when('StepIn', { roleId }, cyd)
  }),
  ...(['NOT_IN_LINE', 'STAND_IN_OVERLAPS', 'STEP_IN_NEEDS_PROPOSAL'] as const).map((code) =>
    refusal('StepIn', code, 'of who acts or acted already', async (book) => {
      const roleId = await aRole(book)
      await held(book, roleId, ben, ada)
      await understudied(book, roleId, cyd, ben)
      await book.given('TakeLeave', {}, ben)
      if (code === 'STAND_IN_OVERLAPS') await book.given('StepIn', { roleId }, cyd)
      if (code === 'STEP_IN_NEEDS_PROPOSAL') {
        await book.given('StepIn', { roleId }, cyd)
        book.later(60 * DAY)
      }
      return book.when('StepIn', { roleId }, code === 'NOT_IN_LINE' ? ada : cyd)
    }),
  ),
  refusal('EndStandIn', 'NO_STAND_IN', 'nobody acts by it', async (book) =>
    book.when('EndStandIn', { holdingId: await held(book, await aRole(book), ben, ada) }, ben),
  ),
  refusal('EndStandIn', 'NOT_YOURS_TO_END', 'Ada neither acts nor holds', async (book) => {
    const holdingId = await held(book, await aRole(book), ben, ada)
    const acts = await book.given('AcceptStandIn', { askId: await standing(book, holdingId, cyd, ben) }, cyd)
    return book.when('EndStandIn', { holdingId: fieldOf(acts, 'StandInAccepted', 'holdingId') }, ada)
  }),
]

export const LIVED_ROLE_REFUSALS: readonly RefusalCase[] = [
  ...OFFERS,
  ...TERMS,
  ...UNDERSTUDIES,
  ...HANDOVERS,
  ...STANDING_IN,
]
