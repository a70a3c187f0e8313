import type { HttpCommunity } from '../support/http-community.ts'
import { testable } from '../support/rounds.ts'
import type { HttpRefusal } from './http-refusal.ts'
import { ada, ben, cyd, dov } from './refusal-case.ts'

const company = (there: HttpCommunity, by: string, objectionId: string, more: object = {}) =>
  there.sends(by, 'AskForCompany', { objectionId, toId: cyd, ...more })
const offers = (there: HttpCommunity, by: string, objectionId: string, more: object = {}) =>
  there.sends(by, 'OfferObjectorSupport', { objectionId, ...more })

const COMPANY: readonly HttpRefusal[] = (
  [
    ['AskForCompany', ben, company, { toId: ada }, { toId: ben }],
    ['OfferObjectorSupport', cyd, offers, {}, {}],
  ] as const
).flatMap(([command, by, asks, ofTheProposer, ofOneself]) => [
  {
    command,
    code: 'PROPOSAL_CLOSED',
    because: 'it was withdrawn',
    when: async (there: HttpCommunity) => {
      const which = await testable(there, ada, ben)
      await there.does(ada, 'WithdrawProposal', { proposalId: which.proposalId })
      return asks(there, by, which.objectionId)
    },
  },
  {
    command,
    code: 'OBJECTION_CLOSED',
    because: 'Ben has taken it back',
    when: async (there: HttpCommunity) => {
      const which = await testable(there, ada, ben)
      await there.does(ben, 'WithdrawObjection', which)
      return asks(there, by, which.objectionId)
    },
  },
  {
    command,
    code: 'PROPOSER_CANNOT_SUPPORT',
    because: 'Ada made the proposal',
    when: async (there: HttpCommunity) =>
      asks(there, by === ben ? ben : ada, (await testable(there, ada, ben)).objectionId, ofTheProposer),
  },
  {
    command,
    code: 'SELF_COMPANY',
    because: 'Ben objects himself',
    when: async (there: HttpCommunity) => asks(there, ben, (await testable(there, ada, ben)).objectionId, ofOneself),
  },
  {
    command,
    code: 'RESPOND_BY_IN_PAST',
    because: 'nobody can answer by yesterday',
    when: async (there: HttpCommunity) =>
      asks(there, by, (await testable(there, ada, ben)).objectionId, { respondBy: there.day(-1) }),
  },
  {
    command,
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such objection',
    when: (there: HttpCommunity) => asks(there, by, `objection_${'x'.repeat(22)}`),
  },
])

const COMPANY_OF: readonly HttpRefusal[] = [
  {
    command: 'AskForCompany',
    code: 'NOT_THE_OBJECTOR',
    because: 'Dov does not object',
    when: async (there) => company(there, dov, (await testable(there, ada, ben)).objectionId),
  },
  {
    command: 'AskForCompany',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such member',
    when: async (there) =>
      company(there, ben, (await testable(there, ada, ben)).objectionId, { toId: `person_${'x'.repeat(22)}` }),
  },
  {
    command: 'OfferObjectorSupport',
    code: 'OBJECTOR_GONE',
    because: 'Ben has left',
    when: async (there) => {
      const { objectionId } = await testable(there, ada, ben)
      await there.does(ben, 'LeaveCommunity')
      return offers(there, cyd, objectionId)
    },
  },
  {
    command: 'AcceptObjectorSupport',
    code: 'NOT_YOURS_TO_ACCEPT',
    because: 'Ben asked, and Cyd answers',
    when: async (there) => {
      const { objectionId } = await testable(there, ada, ben)
      const { askId } = await there.does(ben, 'AskForCompany', { objectionId, toId: cyd })
      return there.sends(ben, 'AcceptObjectorSupport', { askId })
    },
  },
  {
    command: 'AcceptObjectorSupport',
    code: 'ASK_CLOSED',
    because: 'Cyd has said yes already',
    when: async (there) => {
      const { objectionId } = await testable(there, ada, ben)
      const { askId } = await there.does(ben, 'AskForCompany', { objectionId, toId: cyd })
      await there.does(cyd, 'AcceptObjectorSupport', { askId })
      return there.sends(cyd, 'AcceptObjectorSupport', { askId })
    },
  },
]

export const COMPANY_REFUSALS: readonly HttpRefusal[] = [...COMPANY, ...COMPANY_OF]
