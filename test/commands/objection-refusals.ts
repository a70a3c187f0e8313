import type { HttpCommunity } from '../support/http-community.ts'
import { objected, setAside, submitted, testable } from '../support/rounds.ts'
import type { HttpRefusal } from './http-refusal.ts'
import { ada, ben, cyd, dov } from './refusal-case.ts'

/** What each command about an objection sends beside naming it, and by whom it would be good. */
const ON_AN_OBJECTION: Readonly<Record<string, { readonly by: string; readonly input?: object }>> = {
  TakeUpObjection: { by: cyd },
  AllowSettingAside: { by: ben },
  SetObjectionAside: { by: cyd, input: { reason: 'It is loud everywhere.' } },
  SecondSettingAside: { by: cyd },
  ResolveObjection: { by: ben },
  WithdrawObjection: { by: ben },
}

const CLOSED_OBJECTIONS: readonly HttpRefusal[] = Object.entries(ON_AN_OBJECTION).flatMap(
  ([command, { by, input }]) => [
    {
      command,
      code: 'OBJECTION_CLOSED',
      because: 'Ben has taken it back',
      when: async (there) => {
        const which = await testable(there, ada, ben)
        await there.does(ben, 'WithdrawObjection', which)
        return there.sends(by, command, { ...which, ...input })
      },
    },
    {
      command,
      code: 'PROPOSAL_CLOSED',
      because: 'the proposal was withdrawn',
      when: async (there) => {
        const which = await testable(there, ada, ben)
        await there.does(ada, 'WithdrawProposal', { proposalId: which.proposalId })
        return there.sends(by, command, { ...which, ...input })
      },
    },
  ],
)

const CONFLICTED: readonly HttpRefusal[] = ['TakeUpObjection', 'SetObjectionAside', 'SecondSettingAside'].flatMap(
  (command) =>
    [[ada, 'Ada made the proposal'] as const, [ben, 'Ben raised it'] as const].map(([by, because]) => ({
      command,
      code: 'TESTER_CONFLICTED',
      because,
      when: async (there: HttpCommunity) => {
        const which = await setAside(there, ada, ben, cyd)
        return there.sends(by, command, { ...which, ...ON_AN_OBJECTION[command]?.input })
      },
    })),
)

const HELD_BACK: readonly HttpRefusal[] = ['SetObjectionAside', 'SecondSettingAside'].flatMap((command) => {
  const sends = (there: HttpCommunity, which: object) =>
    there.sends(dov, command, { ...which, ...ON_AN_OBJECTION[command]?.input })
  return [
    {
      command,
      code: 'OBJECTION_STANDS',
      because: 'Cyd has taken it up',
      when: async (there) => {
        const which = await testable(there, ada, ben)
        await there.does(cyd, 'TakeUpObjection', which)
        return sends(there, which)
      },
    },
    {
      command,
      code: 'TIME_ASKED_FOR',
      because: 'Cyd has asked for time',
      when: async (there) => {
        const which = await setAside(there, ada, ben, cyd)
        await there.does(cyd, 'AskForTime', { proposalId: which.proposalId })
        return sends(there, which)
      },
    },
    {
      command,
      code: 'LONE_OBJECTOR_NEEDS_SUPPORT',
      because: 'Ben stands alone and has said nothing yet',
      when: async (there) => sends(there, await objected(there, await submitted(there, ada), ben)),
    },
  ] satisfies HttpRefusal[]
})

const NOT_THEIRS: readonly HttpRefusal[] = (
  [
    ['AllowSettingAside', 'NOT_YOURS_TO_ALLOW'],
    ['ResolveObjection', 'NOT_YOURS_TO_RESOLVE'],
    ['WithdrawObjection', 'NOT_YOURS_TO_RESOLVE'],
  ] as const
).map(([command, code]) => ({
  command,
  code,
  because: 'it is Ben’s objection',
  when: async (there) => there.sends(ada, command, await testable(there, ada, ben)),
}))

const SEEING: readonly HttpRefusal[] = [
  {
    command: 'SetObjectionAside',
    code: 'SECOND_REQUIRED',
    because: 'Cyd has proposed that already',
    when: async (there) =>
      there.sends(dov, 'SetObjectionAside', { ...(await setAside(there, ada, ben, cyd)), reason: 'So say I.' }),
  },
  {
    command: 'SecondSettingAside',
    code: 'SECOND_REQUIRED',
    because: 'Cyd proposed it',
    when: async (there) => there.sends(cyd, 'SecondSettingAside', await setAside(there, ada, ben, cyd)),
  },
  {
    command: 'SecondSettingAside',
    code: 'OBJECTION_NOT_SET_ASIDE',
    because: 'nobody has proposed it',
    when: async (there) => there.sends(cyd, 'SecondSettingAside', await testable(there, ada, ben)),
  },
  {
    command: 'SeeItToo',
    code: 'OBJECTION_NOT_SET_ASIDE',
    because: 'nobody has seconded that it is none',
    when: async (there) => there.sends(dov, 'SeeItToo', await setAside(there, ada, ben, cyd)),
  },
  {
    command: 'SeeItToo',
    code: 'TESTER_CONFLICTED',
    because: 'Ben sees it already',
    when: async (there) => there.sends(ben, 'SeeItToo', await setAside(there, ada, ben, cyd, dov)),
  },
  {
    command: 'SeeItToo',
    code: 'PROPOSAL_CLOSED',
    because: 'it was adopted',
    when: async (there) => {
      const which = await setAside(there, ada, ben, cyd, dov)
      for (const by of [cyd, dov]) await there.does(by, 'GiveConsent', { proposalId: which.proposalId, version: 1 })
      await there.later(6)
      await there.does(cyd, 'AdoptProposal', { proposalId: which.proposalId, version: 1 })
      return there.sends(dov, 'SeeItToo', which)
    },
  },
  {
    command: 'TakeUpObjection',
    code: 'NOT_FOUND',
    because: 'it is an objection to another proposal',
    when: async (there) => {
      const { objectionId } = await testable(there, ada, ben)
      return there.sends(cyd, 'TakeUpObjection', { proposalId: await submitted(there, ada), objectionId })
    },
  },
]

export const OBJECTION_REFUSALS: readonly HttpRefusal[] = [
  ...CLOSED_OBJECTIONS,
  ...CONFLICTED,
  ...HELD_BACK,
  ...NOT_THEIRS,
  ...SEEING,
]
