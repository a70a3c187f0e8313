import { adopted, onTrial } from '../support/decided.ts'
import type { HttpCommunity } from '../support/http-community.ts'
import { aRole, takes } from '../support/lived-roles.ts'
import type { HttpRefusal } from './http-refusal.ts'
import { NO_ASK } from './http-refusal.ts'
import { ada, ben, cyd, dov, NOWHERE } from './refusal-case.ts'

const MEMBERS = [ada, ben, cyd, dov]
const NO_AGREEMENT = `agreement_${'x'.repeat(22)}`
const NO_PROPOSAL = `proposal_${'x'.repeat(22)}`

/** An agreement that Ada proposed and carries. */
const carried = (there: HttpCommunity, more: object = {}) => adopted(there, MEMBERS, { carriedByMe: true, ...more })

/** A trial of Ada's that ended by itself. */
async function ended(there: HttpCommunity): Promise<string> {
  const { agreementId } = await onTrial(there, MEMBERS, 20)
  await there.later(20)
  return agreementId
}

async function submitted(there: HttpCommunity): Promise<string> {
  const { proposalId = '' } = await there.does(ada, 'SubmitProposal', { title: 'T', driver: 'D', text: 'x' })
  return proposalId
}

async function asked(there: HttpCommunity, about: object): Promise<string> {
  const { askId = '' } = await there.does(ada, 'AskToCarry', { ...about, toId: ben })
  return askId
}

const sets = (there: HttpCommunity, more: object = {}) =>
  there.sends(ada, 'AmendPolicy', { changes: { termDays: 91 }, ...more })

const RULES: readonly HttpRefusal[] = [
  {
    command: 'AmendPolicy',
    code: 'POLICY_NEEDS_ADOPTED_PROPOSAL',
    because: 'there is no such proposal',
    when: (there) => sets(there, { proposalId: NO_PROPOSAL }),
  },
  {
    command: 'AmendPolicy',
    code: 'POLICY_NEEDS_ADOPTED_PROPOSAL',
    because: 'it is not adopted yet',
    when: async (there) => sets(there, { proposalId: await submitted(there) }),
  },
  {
    command: 'AmendPolicy',
    code: 'POLICY_NEEDS_ADOPTED_PROPOSAL',
    because: 'a standard decision sets no rules, not even in the first days',
    when: async (there) => sets(there, { proposalId: (await adopted(there, MEMBERS)).proposalId }),
  },
  {
    command: 'AmendPolicy',
    code: 'POLICY_NEEDS_ADOPTED_PROPOSAL',
    because: 'what a trial said is over with it',
    when: async (there) => {
      const { proposalId } = await onTrial(there, MEMBERS, 20)
      await there.later(20)
      return sets(there, { proposalId })
    },
  },
  {
    command: 'AmendPolicy',
    code: 'BOOTSTRAP_OVER',
    because: 'the founding agreement is adopted, though the first days are not over',
    when: async (there) => {
      await adopted(there, MEMBERS, { decisionClass: 'constitutional' })
      return sets(there)
    },
  },
  {
    command: 'EndMembership',
    code: 'RECALL_NEEDS_ADOPTED_PROPOSAL',
    because: 'nobody ends it alone',
    when: (there) => there.sends(ada, 'EndMembership', { memberId: dov }),
  },
  {
    command: 'EndMembership',
    code: 'RECALL_NEEDS_ADOPTED_PROPOSAL',
    because: 'a recall that was adopted ended what it named, and leaves nothing to end',
    when: async (there) => {
      const changes = [{ command: 'EndMembership', input: { memberId: dov } }]
      const { proposalId } = await adopted(there, [ada, ben, cyd], { decisionClass: 'recall', changes })
      return there.sends(ada, 'EndMembership', { memberId: cyd, proposalId })
    },
  },
  {
    command: 'RecallFromRole',
    code: 'RECALL_NEEDS_ADOPTED_PROPOSAL',
    because: 'nobody ends it alone',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      await takes(there, roleId, ada, dov)
      return there.sends(ada, 'RecallFromRole', { roleId, memberId: dov })
    },
  },
  {
    command: 'RecallFromRole',
    code: 'NOT_FOUND',
    because: 'there is no such role',
    when: (there) => there.sends(ada, 'RecallFromRole', { roleId: NOWHERE.role, memberId: dov }),
  },
]

const CARRYING: readonly HttpRefusal[] = [
  {
    command: 'AskToCarry',
    code: 'NOT_THE_PROPOSER',
    because: 'it is not Ben who proposed it',
    when: async (there) => there.sends(ben, 'AskToCarry', { proposalId: await submitted(there), toId: cyd }),
  },
  {
    command: 'AskToCarry',
    code: 'NOT_THE_PROPOSER',
    because: 'Ben neither proposed nor carries it',
    when: async (there) => {
      const { agreementId } = await carried(there)
      return there.sends(ben, 'AskToCarry', { agreementId, toId: cyd })
    },
  },
  {
    command: 'AskToCarry',
    code: 'PROPOSAL_CLOSED',
    because: 'the proposal was withdrawn',
    when: async (there) => {
      const proposalId = await submitted(there)
      await there.does(ada, 'WithdrawProposal', { proposalId })
      return there.sends(ada, 'AskToCarry', { proposalId, toId: ben })
    },
  },
  {
    command: 'AskToCarry',
    code: 'AGREEMENT_ENDED',
    because: 'the trial is over',
    when: async (there) => there.sends(ada, 'AskToCarry', { agreementId: await ended(there), toId: ben }),
  },
  {
    command: 'AskToCarry',
    code: 'RESPOND_BY_IN_PAST',
    because: 'nobody answers yesterday',
    when: async (there) => {
      const proposalId = await submitted(there)
      return there.sends(ada, 'AskToCarry', { proposalId, toId: ben, respondBy: there.day(-1) })
    },
  },
  {
    command: 'AskToCarry',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such member',
    when: async (there) => {
      const proposalId = await submitted(there)
      return there.sends(ada, 'AskToCarry', { proposalId, toId: NOWHERE.person })
    },
  },
  {
    command: 'AskToCarry',
    code: 'VALIDATION_FAILED',
    because: 'it says neither what nor which',
    when: (there) => there.sends(ada, 'AskToCarry', { toId: ben }),
  },
  {
    command: 'AcceptResponsibility',
    code: 'NOT_FOUND',
    because: 'nobody asked that',
    when: (there) => there.sends(ben, 'AcceptResponsibility', { askId: NO_ASK }),
  },
  {
    command: 'AcceptResponsibility',
    code: 'NOT_FOUND',
    because: 'there is no such agreement',
    when: (there) => there.sends(ben, 'AcceptResponsibility', { agreementId: NO_AGREEMENT }),
  },
  {
    command: 'AcceptResponsibility',
    code: 'NOT_YOURS_TO_ACCEPT',
    because: 'Ada asked, and Ben says yes or not',
    when: async (there) => {
      const askId = await asked(there, { proposalId: await submitted(there) })
      return there.sends(ada, 'AcceptResponsibility', { askId })
    },
  },
  {
    command: 'AcceptResponsibility',
    code: 'ASK_CLOSED',
    because: 'Ben has said no',
    when: async (there) => {
      const askId = await asked(there, { proposalId: await submitted(there) })
      await there.does(ben, 'DeclineAsk', { askId })
      return there.sends(ben, 'AcceptResponsibility', { askId })
    },
  },
  {
    command: 'AcceptResponsibility',
    code: 'PROPOSAL_CLOSED',
    because: 'the proposal was withdrawn since',
    when: async (there) => {
      const proposalId = await submitted(there)
      const askId = await asked(there, { proposalId })
      await there.does(ada, 'WithdrawProposal', { proposalId })
      return there.sends(ben, 'AcceptResponsibility', { askId })
    },
  },
  {
    command: 'AcceptResponsibility',
    code: 'AGREEMENT_ENDED',
    because: 'the trial is over',
    when: async (there) => there.sends(ben, 'AcceptResponsibility', { agreementId: await ended(there) }),
  },
  {
    command: 'EndResponsibility',
    code: 'NOT_RESPONSIBLE',
    because: 'Ben does not carry it',
    when: async (there) => there.sends(ben, 'EndResponsibility', { agreementId: (await carried(there)).agreementId }),
  },
  {
    command: 'EndResponsibility',
    code: 'AGREEMENT_ENDED',
    because: 'it ended by itself, and with it whatever Ada carried',
    when: async (there) => there.sends(ada, 'EndResponsibility', { agreementId: await ended(there) }),
  },
]

const reviews = (there: HttpCommunity, agreementId: string, more: object, by = ada) =>
  there.sends(by, 'ReviewAgreement', { agreementId, outcome: 'keep', ...more })

const REVIEWS: readonly HttpRefusal[] = [
  {
    command: 'ReviewAgreement',
    code: 'NOT_RESPONSIBLE',
    because: 'Ben does not carry it',
    when: async (there) => reviews(there, (await carried(there)).agreementId, {}, ben),
  },
  {
    command: 'ReviewAgreement',
    code: 'NOT_RESPONSIBLE',
    because: 'Ada carried it until she left and joined again',
    when: async (there) => {
      const { agreementId } = await carried(there)
      await there.does(ada, 'LeaveCommunity')
      const token = await there.server.sessionFor(there.id, ada)
      await there.sends(ada, 'JoinCommunity', { displayName: 'Ada' }, { token })
      return there.sends(ada, 'ReviewAgreement', { agreementId, outcome: 'keep' }, { token })
    },
  },
  {
    command: 'ReviewAgreement',
    code: 'REVIEW_DATE_REQUIRED',
    because: 'no agreement is for ever',
    when: async (there) => reviews(there, (await carried(there)).agreementId, { nextReviewAfterDays: null }),
  },
  {
    command: 'ReviewAgreement',
    code: 'REVIEW_NEEDS_PROPOSAL',
    because: 'whoever carries it does not put an end to it',
    when: async (there) => reviews(there, (await carried(there)).agreementId, { outcome: 'retire' }),
  },
  {
    command: 'ReviewAgreement',
    code: 'REVIEW_NEEDS_PROPOSAL',
    because: 'the proposal it came from is no reason to replace it',
    when: async (there) => {
      const { agreementId, proposalId } = await carried(there)
      return reviews(there, agreementId, { outcome: 'amend', proposalId })
    },
  },
  {
    command: 'ReviewAgreement',
    code: 'REVIEW_NEEDS_PROPOSAL',
    because: 'what a constitutional decision made, a standard one does not undo',
    when: async (there) => {
      const { agreementId } = await carried(there, { decisionClass: 'constitutional' })
      const { proposalId } = await adopted(there, MEMBERS)
      return reviews(there, agreementId, { outcome: 'retire', proposalId }, cyd)
    },
  },
  {
    command: 'ReviewAgreement',
    code: 'AGREEMENT_ENDED',
    because: 'the trial is over',
    when: async (there) => reviews(there, await ended(there), {}),
  },
  {
    command: 'ReviewAgreement',
    code: 'NOT_FOUND',
    because: 'there is no such agreement',
    when: (there) => reviews(there, NO_AGREEMENT, {}),
  },
  {
    command: 'SecondAgreementReview',
    code: 'NO_REVIEW_PROPOSED',
    because: 'nobody has said so first',
    when: async (there) => {
      const { agreementId } = await carried(there)
      return there.sends(ben, 'SecondAgreementReview', { agreementId })
    },
  },
  {
    command: 'SecondAgreementReview',
    code: 'SECOND_REQUIRED',
    because: 'two are two',
    when: async (there) => {
      const { agreementId } = await carried(there)
      await there.does(ada, 'ReviewAgreement', { agreementId, outcome: 'keep' })
      return there.sends(ada, 'SecondAgreementReview', { agreementId })
    },
  },
  {
    command: 'SecondAgreementReview',
    code: 'AGREEMENT_ENDED',
    because: 'the trial is over',
    when: async (there) => there.sends(ben, 'SecondAgreementReview', { agreementId: await ended(there) }),
  },
]

export const AGREEMENT_REFUSALS: readonly HttpRefusal[] = [...RULES, ...CARRYING, ...REVIEWS]
