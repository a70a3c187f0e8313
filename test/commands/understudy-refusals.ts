import type { HttpCommunity } from '../support/http-community.ts'
import { aRole, invited, learns, takes } from '../support/lived-roles.ts'
import { type HttpRefusal, NO_ASK, NO_HOLDING } from './http-refusal.ts'
import { ada, ben, cyd, dov, NOWHERE } from './refusal-case.ts'

/** A role that Ben holds. */
async function bensRole(there: HttpCommunity, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const roleId = await aRole(there, ada, more)
  await takes(there, roleId, ada, ben)
  return roleId
}

const invites = (there: HttpCommunity, roleId: string, more: object = {}, by = ben) =>
  there.sends(by, 'InviteUnderstudy', { roleId, toId: cyd, ...more })
const accepts = (there: HttpCommunity, askId: string, by = cyd) => there.sends(by, 'AcceptUnderstudy', { askId })
const ends = (there: HttpCommunity, holdingId: string, by: string) => there.sends(by, 'EndUnderstudy', { holdingId })

export const UNDERSTUDY_REFUSALS: readonly HttpRefusal[] = [
  {
    command: 'InviteUnderstudy',
    code: 'NOT_THE_HOLDER',
    because: 'only Ben holds it',
    when: async (there) => invites(there, await bensRole(there), {}, ada),
  },
  {
    command: 'InviteUnderstudy',
    code: 'ALREADY_HOLDER',
    because: 'Cyd holds it in another seat',
    when: async (there) => {
      const roleId = await bensRole(there, { seats: 2 })
      await takes(there, roleId, ada, cyd)
      return invites(there, roleId)
    },
  },
  {
    command: 'InviteUnderstudy',
    code: 'ALREADY_HOLDER',
    because: 'nobody learns beside themself',
    when: async (there) => invites(there, await bensRole(there), { toId: ben }),
  },
  {
    command: 'InviteUnderstudy',
    code: 'ALREADY_UNDERSTUDY',
    because: 'Cyd learns it already',
    when: async (there) => {
      const roleId = await bensRole(there)
      await learns(there, roleId, ben, cyd)
      return invites(there, roleId)
    },
  },
  {
    command: 'InviteUnderstudy',
    code: 'ROLE_RETIRED',
    because: 'it was retired',
    when: async (there) => {
      const roleId = await aRole(there, ada)
      await there.later(1)
      await there.does(ada, 'RetireRole', { roleId })
      return invites(there, roleId)
    },
  },
  {
    command: 'InviteUnderstudy',
    code: 'RESPOND_BY_IN_PAST',
    because: 'nobody can answer by yesterday',
    when: async (there) => invites(there, await bensRole(there), { respondBy: there.day(-1) }),
  },
  {
    command: 'InviteUnderstudy',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such member',
    when: async (there) => invites(there, await bensRole(there), { toId: NOWHERE.person }),
  },
  {
    command: 'InviteUnderstudy',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such role',
    when: (there) => invites(there, NOWHERE.role),
  },
  {
    command: 'AcceptUnderstudy',
    code: 'ASK_CLOSED',
    because: 'Ben has withdrawn it',
    when: async (there) => {
      const askId = await invited(there, await bensRole(there), ben, cyd)
      await there.does(ben, 'WithdrawAsk', { askId })
      return accepts(there, askId)
    },
  },
  {
    command: 'AcceptUnderstudy',
    code: 'NOT_YOURS_TO_ACCEPT',
    because: 'Ben asked, and Cyd was asked',
    when: async (there) => accepts(there, await invited(there, await bensRole(there), ben, cyd), ben),
  },
  {
    command: 'AcceptUnderstudy',
    code: 'NOT_FOUND',
    because: 'Dov is no party of the ask',
    when: async (there) => accepts(there, await invited(there, await bensRole(there), ben, cyd), dov),
  },
  {
    command: 'AcceptUnderstudy',
    code: 'NOT_FOUND',
    because: 'nobody asked that',
    when: (there) => accepts(there, NO_ASK),
  },
  {
    command: 'AcceptUnderstudy',
    code: 'ALREADY_HOLDER',
    because: 'Cyd came to hold it since',
    when: async (there) => {
      const roleId = await bensRole(there, { seats: 2 })
      const askId = await invited(there, roleId, ben, cyd)
      await takes(there, roleId, ada, cyd)
      return accepts(there, askId)
    },
  },
  {
    command: 'AcceptUnderstudy',
    code: 'ALREADY_UNDERSTUDY',
    because: 'Cyd said yes to the other holder',
    when: async (there) => {
      const roleId = await bensRole(there, { seats: 2 })
      await takes(there, roleId, ada, dov)
      const askId = await invited(there, roleId, ben, cyd)
      await learns(there, roleId, dov, cyd)
      return accepts(there, askId)
    },
  },
  {
    command: 'AcceptUnderstudy',
    code: 'ROLE_RETIRED',
    because: 'Ben has stepped back and the role is gone',
    when: async (there) => {
      const roleId = await bensRole(there)
      const askId = await invited(there, roleId, ben, cyd)
      await there.later(1)
      await there.does(ben, 'StepBack', { roleId })
      await there.does(ada, 'RetireRole', { roleId })
      return accepts(there, askId)
    },
  },
  {
    command: 'EndUnderstudy',
    code: 'NOT_YOURS_TO_END',
    because: 'Ada neither learns nor holds it',
    when: async (there) => ends(there, await learns(there, await bensRole(there), ben, cyd), ada),
  },
  {
    command: 'EndUnderstudy',
    code: 'NOT_AN_UNDERSTUDY',
    because: 'it has ended before',
    when: async (there) => {
      const holdingId = await learns(there, await bensRole(there), ben, cyd)
      await there.later(1)
      await there.does(cyd, 'EndUnderstudy', { holdingId })
      return ends(there, holdingId, cyd)
    },
  },
  {
    command: 'EndUnderstudy',
    code: 'NOT_AN_UNDERSTUDY',
    because: 'it is the holding of a holder',
    when: async (there) => ends(there, await takes(there, await aRole(there, ada), ada, ben), ben),
  },
  {
    command: 'EndUnderstudy',
    code: 'NOT_FOUND',
    because: 'there is no such holding',
    when: (there) => ends(there, NO_HOLDING, cyd),
  },
]
