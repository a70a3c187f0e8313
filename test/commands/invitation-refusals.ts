import { invites, invitesByName, invitesToGather, saysYes } from '../support/hosting.ts'
import type { HttpCommunity } from '../support/http-community.ts'
import { type HttpRefusal, NO_ASK } from './http-refusal.ts'
import { ada, ben, cyd, NOWHERE } from './refusal-case.ts'

const NO_INVITATION = `invitation_${'x'.repeat(22)}`
const form = { kind: 'project', title: 'A wall', purpose: 'To build it.' }

const PROPOSALS = [
  ['ProposeInvitation', {}],
  ['ProposePersonalInvitation', { toIds: [ben] }],
] as const

const COERCIONS = [
  ['it would be mandatory', { mandatory: true }],
  ['a no would have a consequence', { consequenceIfDeclined: 'no vote' }],
  ['silence would be a yes', { defaultAccept: true }],
] as const

/** What is wrong with an invitation's form though its schema takes it. */
const BAD_FORMS = [
  ['a gathering has dates', { kind: 'gathering' }],
  ['a gathering has an end', { kind: 'gathering', startsAt: '2026-04-01' }],
  ['its end comes after its beginning', { startsAt: '2036-04-02', endsAt: '2036-04-01' }],
  ['its end has passed', { endsAt: '2020-04-01' }],
  ['only one into governance is about a proposal', { proposalId: `proposal_${'x'.repeat(22)}` }],
] as const

const PROPOSAL_REFUSALS: readonly HttpRefusal[] = PROPOSALS.flatMap(([command, more]) => [
  ...COERCIONS.map(([because, field]) => ({
    command,
    code: 'COERCIVE_INVITATION',
    because,
    when: (there: HttpCommunity) => there.sends(ada, command, { ...form, ...more, ...field }),
  })),
  ...BAD_FORMS.map(([because, field]) => ({
    command,
    code: 'VALIDATION_FAILED',
    because,
    when: (there: HttpCommunity) => there.sends(ada, command, { ...form, ...more, ...field }),
  })),
  {
    command,
    code: 'INVITER_NOT_AGREED',
    because: 'nobody invites in the name of another',
    when: (there: HttpCommunity) => there.sends(ada, command, { ...form, ...more, inviterIds: [ada, cyd] }),
  },
  {
    command,
    code: 'RESPOND_BY_IN_PAST',
    because: 'nobody can answer by yesterday',
    when: (there: HttpCommunity) => there.sends(ada, command, { ...form, ...more, respondBy: there.day(-1) }),
  },
])

const byName = (there: HttpCommunity, toIds: readonly string[], more: object = {}) =>
  there.sends(ada, 'ProposePersonalInvitation', { ...form, toIds, ...more })
const accepts = (there: HttpCommunity, by: string, which: object) => there.sends(by, 'AcceptInvitation', which)
const declines = (there: HttpCommunity, by: string, which: object) => there.sends(by, 'DeclineInvitation', which)

/** Every way an invitation to all takes no more answers. */
const CLOSINGS: readonly (readonly [string, (there: HttpCommunity, id: string) => Promise<unknown>])[] = [
  ['it was withdrawn', (there, invitationId) => there.does(ada, 'WithdrawInvitation', { invitationId })],
  ['it was closed', (there, invitationId) => there.does(ada, 'CloseInvitation', { invitationId })],
  ['its time has passed', (there) => there.later(15)],
]

const closedFor = (command: string, by: string): readonly HttpRefusal[] =>
  CLOSINGS.map(([because, close]) => ({
    command,
    code: 'INVITATION_CLOSED',
    because,
    when: async (there: HttpCommunity) => {
      const invitationId = await invites(there, ada)
      await close(there, invitationId)
      return there.sends(by, command, { invitationId })
    },
  }))

const OWN_ACTS = ['RemindOfInvitation', 'WithdrawInvitation', 'CloseInvitation'] as const

export const INVITATION_REFUSALS: readonly HttpRefusal[] = [
  ...PROPOSAL_REFUSALS,
  {
    command: 'ProposePersonalInvitation',
    code: 'REINVITE_TOO_SOON',
    because: 'Ben has said nothing yet',
    when: async (there) => {
      await invitesByName(there, ada, ben)
      await there.later(13)
      return byName(there, [ben])
    },
  },
  {
    command: 'ProposePersonalInvitation',
    code: 'REINVITE_TOO_SOON',
    because: 'Ben has said no',
    when: async (there) => {
      await there.does(ben, 'DeclineInvitation', { askId: await invitesByName(there, ada, ben) })
      return byName(there, [cyd, ben])
    },
  },
  {
    command: 'ProposePersonalInvitation',
    code: 'REINVITE_TOO_SOON',
    because: 'an invitation to all asked Ben too',
    when: async (there) => {
      await invites(there, ada)
      return byName(there, [ben])
    },
  },
  {
    command: 'ProposePersonalInvitation',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such member',
    when: (there) => byName(there, [NOWHERE.person]),
  },
  {
    command: 'ProposePersonalInvitation',
    code: 'UNKNOWN_REFERENCE',
    because: 'nobody invites themself',
    when: (there) => byName(there, [ada]),
  },
  ...closedFor('JoinAsInviter', ben),
  {
    command: 'JoinAsInviter',
    code: 'INVITATION_ALREADY_ACCEPTED',
    because: 'Cyd has said yes to Ada alone',
    when: async (there) => {
      const invitationId = await invites(there, ada)
      await saysYes(there, cyd, invitationId)
      return there.sends(ben, 'JoinAsInviter', { invitationId })
    },
  },
  {
    command: 'JoinAsInviter',
    code: 'ALREADY_AN_INVITER',
    because: 'it is Ada’s own',
    when: async (there) => there.sends(ada, 'JoinAsInviter', { invitationId: await invites(there, ada) }),
  },
  {
    command: 'JoinAsInviter',
    code: 'NOT_FOUND',
    because: 'there is no such invitation',
    when: (there) => there.sends(ada, 'JoinAsInviter', { invitationId: NO_INVITATION }),
  },
  ...closedFor('AcceptInvitation', ben),
  {
    command: 'AcceptInvitation',
    code: 'INVITATION_CLOSED',
    because: 'it was made by name, and not to Cyd',
    when: async (there) => {
      const { invitationId } = await there.does(ben, 'AcceptInvitation', {
        askId: await invitesByName(there, ada, ben),
      })
      return accepts(there, cyd, { invitationId })
    },
  },
  {
    command: 'AcceptInvitation',
    code: 'INVITATION_CLOSED',
    because: 'the gathering Ben was asked to by name is over',
    when: async (there) => {
      const dates = { kind: 'gathering', startsAt: there.day(1), endsAt: there.day(2) }
      const askId = await invitesByName(there, ada, ben, dates)
      await there.later(3)
      return accepts(there, ben, { askId })
    },
  },
  {
    command: 'AcceptInvitation',
    code: 'CAPACITY_REACHED',
    because: 'there was one place',
    when: async (there) => {
      const invitationId = await invites(there, ada, { places: 1 })
      await saysYes(there, cyd, invitationId)
      return accepts(there, ben, { invitationId })
    },
  },
  {
    command: 'AcceptInvitation',
    code: 'ALREADY_ACCEPTED',
    because: 'one yes is enough',
    when: async (there) => {
      const invitationId = await invites(there, ada)
      await saysYes(there, ben, invitationId)
      return accepts(there, ben, { invitationId })
    },
  },
  {
    command: 'AcceptInvitation',
    code: 'NOT_YOURS_TO_ACCEPT',
    because: 'whoever asked is not asked',
    when: async (there) => accepts(there, ada, { askId: await invitesByName(there, ada, ben) }),
  },
  {
    command: 'AcceptInvitation',
    code: 'NOT_YOURS_TO_ACCEPT',
    because: 'whoever invites is there already',
    when: async (there) => accepts(there, ada, { invitationId: await invites(there, ada) }),
  },
  {
    command: 'AcceptInvitation',
    code: 'ASK_CLOSED',
    because: 'Ben has said no',
    when: async (there) => {
      const askId = await invitesByName(there, ada, ben)
      await there.does(ben, 'DeclineInvitation', { askId })
      return accepts(there, ben, { askId })
    },
  },
  {
    command: 'AcceptInvitation',
    code: 'NOT_FOUND',
    because: 'Cyd is no party of the ask',
    when: async (there) => accepts(there, cyd, { askId: await invitesByName(there, ada, ben) }),
  },
  {
    command: 'AcceptInvitation',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such invitation',
    when: (there) => accepts(there, ben, { invitationId: NO_INVITATION }),
  },
  {
    command: 'AcceptInvitation',
    code: 'VALIDATION_FAILED',
    because: 'it is either of the two',
    when: (there) => accepts(there, ben, { invitationId: NO_INVITATION, askId: NO_ASK }),
  },
  ...closedFor('DeclineInvitation', ben),
  {
    command: 'DeclineInvitation',
    code: 'ASK_CLOSED',
    because: 'Ada has withdrawn it',
    when: async (there) => {
      const askId = await invitesByName(there, ada, ben)
      await there.does(ada, 'WithdrawAsk', { askId })
      return declines(there, ben, { askId })
    },
  },
  {
    command: 'DeclineInvitation',
    code: 'NOT_FOUND',
    because: 'Cyd is no party of the ask',
    when: async (there) => declines(there, cyd, { askId: await invitesByName(there, ada, ben) }),
  },
  {
    command: 'DeclineInvitation',
    code: 'NOT_YOURS_TO_DECLINE',
    because: 'whoever asked withdraws',
    when: async (there) => declines(there, ada, { askId: await invitesByName(there, ada, ben) }),
  },
  {
    command: 'DeclineInvitation',
    code: 'NOT_YOURS_TO_DECLINE',
    because: 'whoever invites withdraws',
    when: async (there) => declines(there, ada, { invitationId: await invites(there, ada) }),
  },
  {
    command: 'DeclineInvitation',
    code: 'ALREADY_ACCEPTED',
    because: 'a yes is taken back first',
    when: async (there) => {
      const invitationId = await invites(there, ada)
      await saysYes(there, ben, invitationId)
      return declines(there, ben, { invitationId })
    },
  },
  {
    command: 'DeclineInvitation',
    code: 'ALREADY_DECLINED',
    because: 'one no is enough',
    when: async (there) => {
      const invitationId = await invites(there, ada)
      await there.does(ben, 'DeclineInvitation', { invitationId })
      return declines(there, ben, { invitationId })
    },
  },
  {
    command: 'DeclineInvitation',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such invitation to all',
    when: (there) => declines(there, ben, { invitationId: NO_INVITATION }),
  },
  {
    command: 'DeclineInvitation',
    code: 'VALIDATION_FAILED',
    because: 'it says no to nothing',
    when: (there) => declines(there, ben, {}),
  },
  {
    command: 'WithdrawAcceptance',
    code: 'NOTHING_TO_WITHDRAW',
    because: 'Ben has said nothing',
    when: async (there) => there.sends(ben, 'WithdrawAcceptance', { invitationId: await invites(there, ada) }),
  },
  {
    command: 'WithdrawAcceptance',
    code: 'NOT_FOUND',
    because: 'there is no such invitation',
    when: (there) => there.sends(ben, 'WithdrawAcceptance', { invitationId: NO_INVITATION }),
  },
  ...OWN_ACTS.flatMap((command) => [
    {
      command,
      code: 'NOT_AN_INVITER',
      because: 'it is Ada’s invitation',
      when: async (there: HttpCommunity) => there.sends(ben, command, { invitationId: await invites(there, ada) }),
    },
    {
      command,
      code: 'NOT_FOUND',
      because: 'there is no such invitation',
      when: (there: HttpCommunity) => there.sends(ada, command, { invitationId: NO_INVITATION }),
    },
    {
      command,
      code: 'INVITATION_CLOSED',
      because: 'the gathering is over',
      when: async (there: HttpCommunity) => {
        const invitationId = await invitesToGather(there, ada, there.day(1), there.day(2))
        await there.later(3)
        return there.sends(ada, command, { invitationId })
      },
    },
  ]),
  {
    command: 'CloseInvitation',
    code: 'INVITATION_CLOSED',
    because: 'it takes no answers already',
    when: async (there) => {
      const invitationId = await invites(there, ada)
      await there.does(ada, 'CloseInvitation', { invitationId })
      return there.sends(ada, 'CloseInvitation', { invitationId })
    },
  },
  {
    command: 'RemindOfInvitation',
    code: 'ALREADY_REMINDED',
    because: 'there is no second time',
    when: async (there) => {
      const invitationId = await invites(there, ada)
      await there.does(ada, 'RemindOfInvitation', { invitationId })
      return there.sends(ada, 'RemindOfInvitation', { invitationId })
    },
  },
  {
    command: 'JoinCommunity',
    code: 'INVITATION_REQUIRED',
    because: 'the first days are over, and no member has invited Dov’s friend',
    when: async (there) => {
      await there.later(91)
      return there.sends(NOWHERE.person, 'JoinCommunity', { displayName: 'A friend' })
    },
  },
]
