import { circleRow, holdingRow } from '../support/book.ts'
import type { HttpCommunity } from '../support/http-community.ts'
import { aRole } from '../support/lived-roles.ts'
import type { HttpRefusal } from './http-refusal.ts'
import { ada, ben, NOWHERE } from './refusal-case.ts'

/** Imports a record that names somebody who is nobody's member. @returns their id. */
async function knownPerson(there: HttpCommunity): Promise<string> {
  await there.does('operator', 'ImportCircles', { importId: 'minutes', rows: [circleRow('table')] })
  await there.does('operator', 'ImportHoldings', { importId: 'minutes', rows: [holdingRow({ memberId: 'old' })] })
  return (await there.asks(ada, '/people?handle=old')).body.people[0].id
}

const claims = async (there: HttpCommunity, by: string, of: string) =>
  there.sends(by, 'ClaimMyHistory', { link: await there.server.linkFor(there.id, of) })

const sets = (there: HttpCommunity, changes: object) => there.sends(ada, 'AmendPolicy', { changes })
const OUT_OF_RANGE: readonly (readonly [string, object])[] = [
  ['no rule is called so', { dictator: 'ada' }],
  ['a term has at least 14 days', { termDays: 13 }],
  ['a guard is off, warns or requires', { turns: 'sometimes' }],
  ['days are whole', { restDays: 1.5 }],
  ['one of several rules does not take its value', { termDays: 100, holdOverDays: 92 }],
  ['only the number of members may be left open', { respondByDays: null }],
]

export const COMMUNITY_REFUSALS: readonly HttpRefusal[] = [
  ...OUT_OF_RANGE.map(([because, changes]) => ({
    command: 'AmendPolicy',
    code: 'POLICY_OUT_OF_RANGE',
    because,
    when: (there: HttpCommunity) => sets(there, changes),
  })),
  {
    command: 'AmendPolicy',
    code: 'BOOTSTRAP_OVER',
    because: 'the first 90 days are over',
    when: async (there) => {
      await there.later(90)
      return sets(there, { termDays: 100 })
    },
  },
  {
    command: 'AmendPolicy',
    code: 'BOOTSTRAP_OVER',
    because: 'they set themselves fewer first days',
    when: async (there) => {
      await there.does(ada, 'AmendPolicy', { changes: { bootstrapDays: 0 } })
      return sets(there, { bootstrapDays: 90 })
    },
  },
  {
    command: 'AmendPolicy',
    code: 'VALIDATION_FAILED',
    because: 'nothing would change',
    when: (there) => sets(there, {}),
  },
  {
    command: 'ClaimMyHistory',
    code: 'ALREADY_CLAIMED',
    because: 'somebody claimed it before, by another link',
    when: async (there) => {
      const knownPersonId = await knownPerson(there)
      const link = await there.server.linkFor(there.id, knownPersonId)
      await there.does(ada, 'ClaimMyHistory', { link })
      return claims(there, ben, knownPersonId)
    },
  },
  {
    command: 'ClaimMyHistory',
    code: 'NOT_YOURS_TO_CLAIM',
    because: 'no record names them',
    when: (there) => claims(there, ada, NOWHERE.person),
  },
  {
    command: 'ClaimMyHistory',
    code: 'NOT_YOURS_TO_CLAIM',
    because: 'Ben has joined himself',
    when: (there) => claims(there, ada, ben),
  },
  {
    command: 'ClaimMyHistory',
    code: 'LINK_NOT_VALID',
    because: 'the link was used',
    when: async (there) => {
      const link = await there.server.linkFor(there.id, await knownPerson(there))
      await there.server.hearthbook.identity.signIn(link)
      return there.sends(ada, 'ClaimMyHistory', { link })
    },
  },
  {
    command: 'ClaimMyHistory',
    code: 'VALIDATION_FAILED',
    because: 'a person is named by a link and not by their id',
    when: async (there) => there.sends(ada, 'ClaimMyHistory', { knownPersonId: await knownPerson(there) }),
  },
  {
    command: 'JoinCommunity',
    code: 'ALREADY_CLAIMED',
    because: 'a member has claimed that history',
    when: async (there) => {
      const knownPersonId = await knownPerson(there)
      await there.does(ada, 'ClaimMyHistory', { link: await there.server.linkFor(there.id, knownPersonId) })
      return there.sends(knownPersonId, 'JoinCommunity', { displayName: 'Old' })
    },
  },
  {
    command: 'JoinCommunity',
    code: 'COMMUNITY_FULL',
    because: 'it has as many members as it wants',
    when: async (there) => {
      await there.does(ada, 'AmendPolicy', { changes: { maxMembers: 4 } })
      return there.sends(NOWHERE.person, 'JoinCommunity', { displayName: 'Eve' })
    },
  },
  {
    command: 'MakeSignInLink',
    code: 'NOT_YOURS_TO_OPEN',
    because: 'Ben is a member',
    when: (there) => there.sends(ada, 'MakeSignInLink', { personId: ben }),
  },
  {
    command: 'MakeSignInLink',
    code: 'NOT_YOURS_TO_OPEN',
    because: 'nobody knows them: a newcomer is not named',
    when: (there) => there.sends(ada, 'MakeSignInLink', { personId: NOWHERE.person }),
  },
  {
    command: 'MakeSignInLink',
    code: 'NOT_YOURS_TO_OPEN',
    because: 'a member has claimed their history',
    when: async (there) => {
      const personId = await knownPerson(there)
      await there.does(ben, 'ClaimMyHistory', { link: await there.server.linkFor(there.id, personId) })
      return there.sends(ada, 'MakeSignInLink', { personId })
    },
  },
  {
    command: 'MakeSignInLink',
    code: 'NOT_YOURS_TO_OPEN',
    because: 'they have signed in before',
    when: async (there) => {
      const personId = await knownPerson(there)
      await there.server.sessionFor(there.id, personId)
      return there.sends(ada, 'MakeSignInLink', { personId })
    },
  },
  {
    command: 'TakeLeave',
    code: 'BACKDATE_LIMIT',
    because: 'it would have begun 31 days ago',
    when: (there) => there.sends(ada, 'TakeLeave', { from: there.day(-31) }),
  },
  {
    command: 'TakeLeave',
    code: 'FUTURE_FACT',
    because: 'leave to come is said with "from"',
    when: (there) => there.sends(ada, 'TakeLeave', {}, { effectiveAt: there.day(1) }),
  },
  {
    command: 'TakeLeave',
    code: 'VALIDATION_FAILED',
    because: 'it would end before it begins',
    when: (there) => there.sends(ada, 'TakeLeave', { from: there.day(3), to: there.day(2) }),
  },
  {
    command: 'ReturnFromLeave',
    code: 'NOT_ON_LEAVE',
    because: 'they are here',
    when: (there) => there.sends(ada, 'ReturnFromLeave'),
  },
  {
    command: 'ReturnFromLeave',
    code: 'NOT_ON_LEAVE',
    because: 'they came back before',
    when: async (there) => {
      await there.does(ada, 'TakeLeave')
      await there.later(1)
      await there.does(ada, 'ReturnFromLeave')
      return there.sends(ada, 'ReturnFromLeave')
    },
  },
  ...mandates(),
]

/** The guard on what roles there are, of no matter to a role that carries little. */
function mandates(): readonly HttpRefusal[] {
  const cook = { name: 'cook', purpose: 'To cook.', weight: 2 }
  const requires = (there: HttpCommunity) => there.does(ada, 'AmendPolicy', { changes: { mandateToDefine: 'require' } })
  const code = 'ROLE_NEEDS_MANDATE'
  return [
    {
      command: 'DefineRole',
      code,
      because: 'it would carry as much as takes a proposal',
      when: async (there) => {
        const { circleId } = await there.does(ada, 'FormCircle', { name: 'Kitchen', purpose: 'To cook.' })
        await requires(there)
        return there.sends(ada, 'DefineRole', { circleId, ...cook })
      },
    },
    {
      command: 'AmendRole',
      code,
      because: 'it would carry more than before',
      when: async (there) => {
        const roleId = await aRole(there, ada)
        await requires(there)
        return there.sends(ada, 'AmendRole', { roleId, changes: { weight: 3 } })
      },
    },
    {
      command: 'AmendRole',
      code,
      because: 'it would carry less: that counts as much',
      when: async (there) => {
        const roleId = await aRole(there, ada, cook)
        await requires(there)
        return there.sends(ada, 'AmendRole', { roleId, changes: { weight: 0 } })
      },
    },
    {
      command: 'RetireRole',
      code,
      because: 'what carries much does not just go',
      when: async (there) => {
        const roleId = await aRole(there, ada, cook)
        await requires(there)
        return there.sends(ada, 'RetireRole', { roleId })
      },
    },
  ]
}
