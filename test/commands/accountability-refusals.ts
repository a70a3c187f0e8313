import { answersTo, asksToAnswerTo, invitesMentor, learnsFrom } from '../support/hosting.ts'
import type { HttpCommunity } from '../support/http-community.ts'
import { aRole, askedToStandIn, handedOver, invited, learns, offered, takes } from '../support/lived-roles.ts'
import { type HttpRefusal, NO_ASK } from './http-refusal.ts'
import { ada, ben, cyd, dov, NOWHERE } from './refusal-case.ts'

const partner = (there: HttpCommunity, toId: string, more: object = {}, by = ada) =>
  there.sends(by, 'InviteAccountabilityPartner', { toId, ...more })

/** Ada answers to two people, so that she may hold what carries much. */
async function adaAnswers(there: HttpCommunity): Promise<void> {
  await answersTo(there, ada, cyd)
  await answersTo(there, ada, dov)
}

/** A role of weight 3 that Ada holds, who answers to Cyd and Dov. */
async function heavy(there: HttpCommunity) {
  const roleId = await aRole(there, ada, { weight: 3 })
  await adaAnswers(there)
  return { roleId, holdingId: await takes(there, roleId, ben, ada) }
}

const CODE = 'ACCOUNTABILITY_PARTNERS_REQUIRED'

/** Every yes by which somebody comes to carry more than they answer for. */
const GUARDED: readonly HttpRefusal[] = [
  {
    command: 'AcceptRole',
    code: CODE,
    because: 'Ben answers to nobody',
    when: async (there) => {
      const roleId = await aRole(there, ada, { weight: 3 })
      return there.sends(ben, 'AcceptRole', { roleId, askId: await offered(there, roleId, ada, ben) })
    },
  },
  {
    command: 'AcceptHandover',
    code: CODE,
    because: 'Ben, who learned it, answers to one',
    when: async (there) => {
      const { roleId } = await heavy(there)
      await learns(there, roleId, ada, ben)
      await answersTo(there, ben, cyd)
      await there.later(20)
      const [askId] = await handedOver(there, roleId, ada, [ben], { handoverAt: there.day(20) })
      return there.sends(ben, 'AcceptHandover', { askId })
    },
  },
  {
    command: 'AcceptStandIn',
    code: CODE,
    because: 'Ben answers to nobody',
    when: async (there) => {
      const { holdingId } = await heavy(there)
      return there.sends(ben, 'AcceptStandIn', { askId: await askedToStandIn(there, holdingId, ada, ben) })
    },
  },
  {
    command: 'StepIn',
    code: CODE,
    because: 'Ben, who learned it, answers to nobody',
    when: async (there) => {
      const { roleId } = await heavy(there)
      await learns(there, roleId, ada, ben)
      await there.does(ada, 'TakeLeave')
      return there.sends(ben, 'StepIn', { roleId })
    },
  },
  {
    command: 'RenewTerm',
    code: CODE,
    because: 'Ada has ended what she answered by',
    when: async (there) => {
      const roleId = await aRole(there, ada, { weight: 3, termDays: 20 })
      const ties = [await answersTo(there, ada, cyd), await answersTo(there, ada, dov)]
      await takes(there, roleId, ben, ada)
      await learns(there, roleId, ada, ben)
      await there.later(19)
      for (const accountabilityId of ties) await there.does(ada, 'EndAccountability', { accountabilityId })
      return there.sends(ada, 'RenewTerm', { roleId })
    },
  },
]

/** What a partner is not, at the asking; at the yes where it has come about since. */
const INDEPENDENCE: readonly (readonly [string, string, (there: HttpCommunity) => Promise<string>])[] = [
  [
    'RECIPROCAL_ACCOUNTABILITY',
    'Ben answers to Ada',
    async (there) => {
      await answersTo(there, ben, ada)
      return 'all'
    },
  ],
  [
    'PARTNER_CONFLICTED',
    'Ben learns the role of Ada',
    async (there) => {
      const roleId = await aRole(there, ada)
      await takes(there, roleId, cyd, ada)
      await learns(there, roleId, ada, ben)
      return 'all'
    },
  ],
  [
    'PARTNER_LOAD_EXCEEDED',
    'the community lets one answer to Ben, and Dov does',
    async (there) => {
      await there.does(ada, 'AmendPolicy', { changes: { partnerMaxLoad: 1 } })
      await answersTo(there, dov, ben)
      return 'all'
    },
  ],
  [
    'ALREADY_PARTNERED',
    'Ada answers to Ben in all already',
    async (there) => {
      await answersTo(there, ada, ben)
      return 'all'
    },
  ],
]

export const ACCOUNTABILITY_REFUSALS: readonly HttpRefusal[] = [
  ...GUARDED,
  ...INDEPENDENCE.flatMap(([code, because, given]) => [
    {
      command: 'InviteAccountabilityPartner',
      code,
      because,
      when: async (there: HttpCommunity) => partner(there, ben, { scope: await given(there) }),
    },
    {
      command: 'AcceptAccountability',
      code,
      because: `${because} since`,
      when: async (there: HttpCommunity) => {
        const askId = await asksToAnswerTo(there, ada, ben)
        // An ask of the same kind a moment later is another ask.
        await there.later(1)
        await given(there)
        return there.sends(ben, 'AcceptAccountability', { askId })
      },
    },
  ]),
  {
    command: 'InviteAccountabilityPartner',
    code: 'SELF_ACCOUNTABILITY',
    because: 'one answers to somebody else',
    when: (there) => partner(there, ada),
  },
  {
    command: 'InviteAccountabilityPartner',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such member',
    when: (there) => partner(there, NOWHERE.person),
  },
  {
    command: 'InviteAccountabilityPartner',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such role',
    when: (there) => partner(there, ben, { scope: NOWHERE.role }),
  },
  {
    command: 'InviteAccountabilityPartner',
    code: 'RESPOND_BY_IN_PAST',
    because: 'nobody can answer by yesterday',
    when: (there) => partner(there, ben, { respondBy: there.day(-1) }),
  },
  {
    command: 'AcceptAccountability',
    code: 'NOT_YOURS_TO_ACCEPT',
    because: 'whoever asked is not asked',
    when: async (there) => there.sends(ada, 'AcceptAccountability', { askId: await asksToAnswerTo(there, ada, ben) }),
  },
  {
    command: 'AcceptAccountability',
    code: 'ASK_CLOSED',
    because: 'Ada has withdrawn it',
    when: async (there) => {
      const askId = await asksToAnswerTo(there, ada, ben)
      await there.does(ada, 'WithdrawAsk', { askId })
      return there.sends(ben, 'AcceptAccountability', { askId })
    },
  },
  {
    command: 'AcceptAccountability',
    code: 'NOT_FOUND',
    because: 'Cyd is no party of it',
    when: async (there) => there.sends(cyd, 'AcceptAccountability', { askId: await asksToAnswerTo(there, ada, ben) }),
  },
  {
    command: 'EndAccountability',
    code: 'NOT_YOURS_TO_END',
    because: 'it is between Ada and Ben',
    when: async (there) =>
      there.sends(cyd, 'EndAccountability', { accountabilityId: await answersTo(there, ada, ben) }),
  },
  {
    command: 'EndAccountability',
    code: 'ACCOUNTABILITY_ENDED',
    because: 'Ben has ended it',
    when: async (there) => {
      const accountabilityId = await answersTo(there, ada, ben)
      await there.does(ben, 'EndAccountability', { accountabilityId })
      return there.sends(ada, 'EndAccountability', { accountabilityId })
    },
  },
  {
    command: 'EndAccountability',
    code: 'NOT_FOUND',
    because: 'there is no such tie',
    when: (there) => there.sends(ada, 'EndAccountability', { accountabilityId: `accountability_${'x'.repeat(22)}` }),
  },
  {
    command: 'InviteMentor',
    code: 'SELF_MENTORSHIP',
    because: 'one learns from somebody else',
    when: (there) => there.sends(ada, 'InviteMentor', { toId: ada }),
  },
  {
    command: 'InviteMentor',
    code: 'ALREADY_MENTORED',
    because: 'Ben is her mentor',
    when: async (there) => {
      await learnsFrom(there, ada, ben)
      return there.sends(ada, 'InviteMentor', { toId: ben })
    },
  },
  {
    command: 'InviteMentor',
    code: 'RESPOND_BY_IN_PAST',
    because: 'nobody can answer by yesterday',
    when: (there) => there.sends(ada, 'InviteMentor', { toId: ben, respondBy: there.day(-1) }),
  },
  {
    command: 'InviteMentor',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such member',
    when: (there) => there.sends(ada, 'InviteMentor', { toId: NOWHERE.person }),
  },
  {
    command: 'AcceptMentorship',
    code: 'ALREADY_MENTORED',
    because: 'Ben said yes to an earlier ask',
    when: async (there) => {
      const [first, second] = [await invitesMentor(there, ada, ben), await invitesLater(there)]
      await there.does(ben, 'AcceptMentorship', { askId: first })
      return there.sends(ben, 'AcceptMentorship', { askId: second })
    },
  },
  {
    command: 'AcceptMentorship',
    code: 'NOT_YOURS_TO_ACCEPT',
    because: 'whoever asked is not asked',
    when: async (there) => there.sends(ada, 'AcceptMentorship', { askId: await invitesMentor(there, ada, ben) }),
  },
  {
    command: 'AcceptMentorship',
    code: 'ASK_CLOSED',
    because: 'Ben has said no',
    when: async (there) => {
      const askId = await invitesMentor(there, ada, ben)
      await there.does(ben, 'DeclineAsk', { askId })
      return there.sends(ben, 'AcceptMentorship', { askId })
    },
  },
  {
    command: 'AcceptMentorship',
    code: 'NOT_FOUND',
    because: 'nobody asked that',
    when: (there) => there.sends(ben, 'AcceptMentorship', { askId: NO_ASK }),
  },
  {
    command: 'EndMentorship',
    code: 'NOT_YOURS_TO_END',
    because: 'it is between Ada and Ben',
    when: async (there) => there.sends(cyd, 'EndMentorship', { mentorshipId: await learnsFrom(there, ada, ben) }),
  },
  {
    command: 'EndMentorship',
    code: 'MENTORSHIP_ENDED',
    because: 'Ada has ended it',
    when: async (there) => {
      const mentorshipId = await learnsFrom(there, ada, ben)
      await there.does(ada, 'EndMentorship', { mentorshipId })
      return there.sends(ben, 'EndMentorship', { mentorshipId })
    },
  },
  {
    command: 'EndMentorship',
    code: 'NOT_FOUND',
    because: 'there is no such mentorship',
    when: (there) => there.sends(ada, 'EndMentorship', { mentorshipId: `mentorship_${'x'.repeat(22)}` }),
  },
  {
    command: 'InviteUnderstudy',
    code: 'PARTNER_CONFLICTED',
    because: 'Ada answers to Cyd',
    when: async (there) => {
      const { roleId } = await heavy(there)
      return there.sends(ada, 'InviteUnderstudy', { roleId, toId: cyd })
    },
  },
  {
    command: 'AcceptUnderstudy',
    code: 'PARTNER_CONFLICTED',
    because: 'Ada has come to answer to Ben since',
    when: async (there) => {
      const { roleId } = await heavy(there)
      const askId = await invited(there, roleId, ada, ben)
      await answersTo(there, ada, ben)
      return there.sends(ben, 'AcceptUnderstudy', { askId })
    },
  },
]

async function invitesLater(there: HttpCommunity): Promise<string> {
  await there.later(1)
  return invitesMentor(there, ada, ben)
}
