import type { HttpCommunity } from '../support/http-community.ts'
import { aRole, learns, offered, takes, takesOver } from '../support/lived-roles.ts'
import type { HttpRefusal } from './http-refusal.ts'
import { NO_ASK } from './http-refusal.ts'
import { ada, ben, cyd, dov, NOWHERE } from './refusal-case.ts'

/** A role whose term has the fewest days there are, so that several pass within the first 90. */
const shortRole = (there: HttpCommunity, more: Readonly<Record<string, unknown>> = {}) =>
  aRole(there, ada, { termDays: 14, ...more })

const offers = (there: HttpCommunity, roleId: string, more: object = {}, by = ada) =>
  there.sends(by, 'OfferRole', { roleId, toId: ben, ...more })

const sets = (there: HttpCommunity, changes: object) => there.does(ada, 'AmendPolicy', { changes })

/** Ben holds a short role for two terms in a row, the second about to end. */
async function secondTerm(there: HttpCommunity): Promise<string> {
  const roleId = await shortRole(there)
  await takes(there, roleId, ada, ben)
  await there.later(13)
  await there.does(ben, 'RenewTerm', { roleId })
  await there.later(14)
  return roleId
}

export const OFFER_REFUSALS: readonly HttpRefusal[] = [
  {
    command: 'OfferRole',
    code: 'OFFER_NEEDS_MANDATE',
    because: 'nobody takes what carries much by their own word, whatever the rules are',
    when: async (there) => offers(there, await aRole(there, ada, { weight: 2 }), { toId: ada }),
  },
  {
    command: 'OfferRole',
    code: 'OFFER_NEEDS_MANDATE',
    because: 'the community asks for a proposal',
    when: async (there) => {
      const roleId = await aRole(there, ada, { weight: 2 })
      await sets(there, { mandateToOffer: 'require' })
      return offers(there, roleId)
    },
  },
  {
    command: 'OfferRole',
    code: 'NO_FREE_SEAT',
    because: 'Cyd holds the only one',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      await takes(there, roleId, ada, cyd)
      return offers(there, roleId)
    },
  },
  {
    command: 'OfferRole',
    code: 'TERM_REQUIRED',
    because: 'a term without an end is none',
    when: async (there) => offers(there, await aRole(there, ada), { termEnd: null }),
  },
  {
    command: 'OfferRole',
    code: 'TERM_REQUIRED',
    because: 'it would end before it begins',
    when: async (there) => offers(there, await aRole(there, ada), { termStart: there.day(2), termEnd: there.day(1) }),
  },
  {
    command: 'OfferRole',
    code: 'TERM_TOO_LONG',
    because: 'it would have a day more than two years',
    when: async (there) => offers(there, await aRole(there, ada), { termEnd: there.day(731) }),
  },
  {
    command: 'OfferRole',
    code: 'CONSECUTIVE_TERM_LIMIT',
    because: 'Ben has held it for two terms in a row',
    when: async (there) => {
      const roleId = await secondTerm(there)
      return offers(there, roleId, { termStart: there.day(2) })
    },
  },
  {
    command: 'OfferRole',
    code: 'ROLE_RETIRED',
    because: 'it was retired',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      await there.later(1)
      await there.does(ada, 'RetireRole', { roleId })
      return offers(there, roleId)
    },
  },
  {
    command: 'OfferRole',
    code: 'RESPOND_BY_IN_PAST',
    because: 'nobody can answer by yesterday',
    when: async (there) => offers(there, await aRole(there, ada), { respondBy: there.day(-1) }),
  },
  ...['roleId', 'toId', 'besideHoldingId'].map((field) => ({
    command: 'OfferRole',
    code: 'UNKNOWN_REFERENCE',
    because: `${field} names nothing that is here`,
    when: async (there: HttpCommunity) => {
      const nowhere = { roleId: NOWHERE.role, toId: NOWHERE.person, besideHoldingId: `holding_${'x'.repeat(22)}` }
      const named = nowhere[field as keyof typeof nowhere]
      return offers(there, await aRole(there, ada), { [field]: named })
    },
  })),
]

export const ACCEPT_REFUSALS: readonly HttpRefusal[] = [
  {
    command: 'AcceptRole',
    code: 'ASK_CLOSED',
    because: 'it was declined',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      const askId = await offered(there, roleId, ada, ben)
      await there.does(ben, 'DeclineAsk', { askId })
      return there.sends(ben, 'AcceptRole', { roleId, askId })
    },
  },
  {
    command: 'AcceptRole',
    code: 'ASK_CLOSED',
    because: 'the term that was offered is over before the answer',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      const askId = await offered(there, roleId, ada, ben, { termEnd: there.day(3) })
      await there.later(4)
      return there.sends(ben, 'AcceptRole', { roleId, askId })
    },
  },
  {
    command: 'AcceptRole',
    code: 'NOT_YOURS_TO_ACCEPT',
    because: 'Ada asked, and Ben was asked',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      return there.sends(ada, 'AcceptRole', { roleId, askId: await offered(there, roleId, ada, ben) })
    },
  },
  {
    command: 'AcceptRole',
    code: 'NOT_FOUND',
    because: 'Cyd is no party of the ask',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      return there.sends(cyd, 'AcceptRole', { roleId, askId: await offered(there, roleId, ada, ben) })
    },
  },
  {
    command: 'AcceptRole',
    code: 'NOT_FOUND',
    because: 'the ask is about another role',
    when: async (there) => {
      const askId = await offered(there, await aRole(there, ada), ada, ben)
      return there.sends(ben, 'AcceptRole', { roleId: await aRole(there, ada), askId })
    },
  },
  {
    command: 'AcceptRole',
    code: 'NOT_FOUND',
    because: 'nobody asked that',
    when: async (there) => there.sends(ben, 'AcceptRole', { roleId: await aRole(there, ada), askId: NO_ASK }),
  },
  {
    command: 'AcceptRole',
    code: 'NO_FREE_SEAT',
    because: "Cyd's yes came first",
    when: async (there) => {
      const roleId = await aRole(there, ada)
      const askId = await offered(there, roleId, ada, ben)
      await takes(there, roleId, ada, cyd)
      return there.sends(ben, 'AcceptRole', { roleId, askId })
    },
  },
  {
    command: 'AcceptRole',
    code: 'NO_FREE_SEAT',
    because: 'the seat that was to be shared is no longer held',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      const besideHoldingId = await takes(there, roleId, ada, cyd)
      const askId = await offered(there, roleId, cyd, ben, { besideHoldingId })
      await there.later(1)
      await there.does(cyd, 'StepBack', { roleId })
      return there.sends(ben, 'AcceptRole', { roleId, askId })
    },
  },
  {
    command: 'AcceptRole',
    code: 'CONSECUTIVE_TERM_LIMIT',
    because: 'fewer terms in a row are allowed than when it was offered',
    when: async (there) => {
      const roleId = await shortRole(there)
      await takes(there, roleId, ada, ben)
      await there.later(1)
      const askId = await offered(there, roleId, ada, ben, { termStart: there.day(14) })
      await sets(there, { maxConsecutiveTerms: 1 })
      return there.sends(ben, 'AcceptRole', { roleId, askId })
    },
  },
  {
    command: 'AcceptRole',
    code: 'ROLE_RETIRED',
    because: 'it was retired since it was offered',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      const askId = await offered(there, roleId, ada, ben)
      await there.later(1)
      await there.does(ada, 'RetireRole', { roleId })
      return there.sends(ben, 'AcceptRole', { roleId, askId })
    },
  },
]

const renews = (there: HttpCommunity, roleId: string) => there.sends(ben, 'RenewTerm', { roleId })

export const TERM_REFUSALS: readonly HttpRefusal[] = [
  {
    command: 'RenewTerm',
    code: 'NOT_THE_HOLDER',
    because: 'nobody holds it',
    when: async (there) => renews(there, await aRole(there, ada)),
  },
  {
    command: 'RenewTerm',
    code: 'TOO_EARLY_TO_RENEW',
    because: 'the last quarter has not begun',
    when: async (there) => {
      const roleId = await shortRole(there)
      await takes(there, roleId, ada, ben)
      await there.later(10)
      return renews(there, roleId)
    },
  },
  {
    command: 'RenewTerm',
    code: 'CONSECUTIVE_TERM_LIMIT',
    because: 'it would be the third in a row',
    when: async (there) => renews(there, await secondTerm(there)),
  },
  {
    command: 'RenewTerm',
    code: 'UNDERSTUDY_REQUIRED',
    because: 'Ben is alone in what carries much',
    when: async (there) => {
      const roleId = await shortRole(there, { weight: 2 })
      await takes(there, roleId, ada, ben)
      await there.later(13)
      return renews(there, roleId)
    },
  },
  {
    command: 'RenewTerm',
    code: 'ROLE_RETIRED',
    because: 'it was retired after the term, which leave said later makes longer',
    when: async (there) => {
      await sets(there, { holdOverDays: 0 })
      const roleId = await shortRole(there)
      await takes(there, roleId, ada, ben)
      await there.later(15)
      await there.does(ada, 'RetireRole', { roleId })
      await there.does(ben, 'TakeLeave', { from: there.day(-3) })
      return renews(there, roleId)
    },
  },
  {
    command: 'RenewTerm',
    code: 'HANDED_OVER',
    because: 'Cyd takes over in some days',
    when: async (there) => {
      const roleId = await shortRole(there)
      await takes(there, roleId, ada, ben)
      await there.later(12)
      await takesOver(there, roleId, ben, cyd, there.day(1))
      return renews(there, roleId)
    },
  },
  {
    command: 'RenewTerm',
    code: 'NO_FREE_SEAT',
    because: 'Cyd has accepted the seat from the end of the term on',
    when: async (there) => {
      const roleId = await shortRole(there)
      await takes(there, roleId, ada, ben)
      await takes(there, roleId, ada, cyd, { termStart: there.day(14) })
      await there.later(13)
      return renews(there, roleId)
    },
  },
  {
    command: 'RenewTerm',
    code: 'NOT_FOUND',
    because: 'there is no such role',
    when: (there) => renews(there, NOWHERE.role),
  },
  {
    command: 'StepBack',
    code: 'NOT_THE_HOLDER',
    because: 'Ben holds it, and Ada does not',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      await takes(there, roleId, ada, ben)
      return there.sends(ada, 'StepBack', { roleId })
    },
  },
  {
    command: 'StepBack',
    code: 'NOT_THE_HOLDER',
    because: 'an understudy ends by another act',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      await takes(there, roleId, ada, ben)
      await learns(there, roleId, ben, dov)
      return there.sends(dov, 'StepBack', { roleId })
    },
  },
  {
    command: 'StepBack',
    code: 'NOT_FOUND',
    because: 'there is no such role',
    when: (there) => there.sends(ada, 'StepBack', { roleId: NOWHERE.role }),
  },
]
