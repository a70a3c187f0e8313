import type { HttpCommunity } from '../support/http-community.ts'
import { aRole, askedToStandIn, learns, standsIn, takes } from '../support/lived-roles.ts'
import { type HttpRefusal, NO_ASK, NO_HOLDING } from './http-refusal.ts'
import { ada, ben, cyd, dov, NOWHERE } from './refusal-case.ts'

/** A role that Ben holds, and his holding. */
async function bens(there: HttpCommunity, more: Readonly<Record<string, unknown>> = {}) {
  const roleId = await aRole(there, ada, more)
  return { roleId, holdingId: await takes(there, roleId, ada, ben) }
}

const asks = (there: HttpCommunity, holdingId: string, more: object = {}, by = ben) =>
  there.sends(by, 'StandIn', { holdingId, toId: cyd, ...more })
const accepts = (there: HttpCommunity, askId: string, by = cyd) => there.sends(by, 'AcceptStandIn', { askId })
const ends = (there: HttpCommunity, holdingId: string, by: string) => there.sends(by, 'EndStandIn', { holdingId })

export const STAND_IN_REFUSALS: readonly HttpRefusal[] = [
  {
    command: 'StandIn',
    code: 'NOT_THE_HOLDER',
    because: "it is Ben's holding",
    when: async (there) => asks(there, (await bens(there)).holdingId, {}, ada),
  },
  {
    command: 'StandIn',
    code: 'NOT_THE_HOLDER',
    because: 'Ben has stepped back',
    when: async (there) => {
      const { roleId, holdingId } = await bens(there)
      await there.later(1)
      await there.does(ben, 'StepBack', { roleId })
      return asks(there, holdingId)
    },
  },
  {
    command: 'StandIn',
    code: 'STAND_IN_OVERLAPS',
    because: 'Dov acts for some of that time',
    when: async (there) => {
      const { holdingId } = await bens(there)
      await standsIn(there, holdingId, ben, dov, { from: there.day(2), to: there.day(4) })
      return asks(there, holdingId, { to: there.day(3) })
    },
  },
  {
    command: 'StandIn',
    code: 'ALREADY_HOLDER',
    because: 'nobody stands in for themself',
    when: async (there) => asks(there, (await bens(there)).holdingId, { toId: ben }),
  },
  {
    command: 'StandIn',
    code: 'ALREADY_HOLDER',
    because: 'Cyd holds it in another seat',
    when: async (there) => {
      const { roleId, holdingId } = await bens(there, { seats: 2 })
      await takes(there, roleId, ada, cyd)
      return asks(there, holdingId)
    },
  },
  {
    command: 'StandIn',
    code: 'RESPOND_BY_IN_PAST',
    because: 'nobody can answer by yesterday',
    when: async (there) => asks(there, (await bens(there)).holdingId, { respondBy: there.day(-1) }),
  },
  {
    command: 'StandIn',
    code: 'VALIDATION_FAILED',
    because: 'it would end before it begins',
    when: async (there) => asks(there, (await bens(there)).holdingId, { from: there.day(3), to: there.day(2) }),
  },
  {
    command: 'StandIn',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such holding',
    when: (there) => asks(there, NO_HOLDING),
  },
  {
    command: 'StandIn',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such member',
    when: async (there) => asks(there, (await bens(there)).holdingId, { toId: NOWHERE.person }),
  },
  {
    command: 'AcceptStandIn',
    code: 'ASK_CLOSED',
    because: 'Ben has withdrawn it',
    when: async (there) => {
      const askId = await askedToStandIn(there, (await bens(there)).holdingId, ben, cyd)
      await there.does(ben, 'WithdrawAsk', { askId })
      return accepts(there, askId)
    },
  },
  {
    command: 'AcceptStandIn',
    code: 'ASK_CLOSED',
    because: 'that time is over',
    when: async (there) => {
      const askId = await askedToStandIn(there, (await bens(there)).holdingId, ben, cyd, { to: there.day(2) })
      await there.later(3)
      return accepts(there, askId)
    },
  },
  {
    command: 'AcceptStandIn',
    code: 'ASK_CLOSED',
    because: 'Ben has stepped back since',
    when: async (there) => {
      const { roleId, holdingId } = await bens(there)
      const askId = await askedToStandIn(there, holdingId, ben, cyd)
      await there.later(1)
      await there.does(ben, 'StepBack', { roleId })
      return accepts(there, askId)
    },
  },
  {
    command: 'AcceptStandIn',
    code: 'NOT_YOURS_TO_ACCEPT',
    because: 'Ben asked, and Cyd was asked',
    when: async (there) => accepts(there, await askedToStandIn(there, (await bens(there)).holdingId, ben, cyd), ben),
  },
  {
    command: 'AcceptStandIn',
    code: 'NOT_FOUND',
    because: 'Dov is no party of it',
    when: async (there) => accepts(there, await askedToStandIn(there, (await bens(there)).holdingId, ben, cyd), dov),
  },
  {
    command: 'AcceptStandIn',
    code: 'NOT_FOUND',
    because: 'nobody asked that',
    when: (there) => accepts(there, NO_ASK),
  },
  {
    command: 'AcceptStandIn',
    code: 'STAND_IN_OVERLAPS',
    because: "Dov's yes came first",
    when: async (there) => {
      const { holdingId } = await bens(there)
      const askId = await askedToStandIn(there, holdingId, ben, cyd)
      await standsIn(there, holdingId, ben, dov)
      return accepts(there, askId)
    },
  },
  {
    command: 'EndStandIn',
    code: 'NO_STAND_IN',
    because: 'it has ended before',
    when: async (there) => {
      const holdingId = await standsIn(there, (await bens(there)).holdingId, ben, cyd)
      await there.later(1)
      await there.does(cyd, 'EndStandIn', { holdingId })
      return ends(there, holdingId, cyd)
    },
  },
  {
    command: 'EndStandIn',
    code: 'NO_STAND_IN',
    because: 'it is the seat of a holder',
    when: async (there) => ends(there, (await bens(there)).holdingId, ben),
  },
  {
    command: 'EndStandIn',
    code: 'NOT_YOURS_TO_END',
    because: 'Dov neither acts nor is acted for',
    when: async (there) => ends(there, await standsIn(there, (await bens(there)).holdingId, ben, cyd), dov),
  },
  {
    command: 'EndStandIn',
    code: 'NOT_FOUND',
    because: 'there is no such holding',
    when: (there) => ends(there, NO_HOLDING, cyd),
  },
]

const stepsIn = (there: HttpCommunity, roleId: string, by = cyd) => there.sends(by, 'StepIn', { roleId })

/** Cyd learns the role of Ben, who is on leave. */
async function away(there: HttpCommunity) {
  const role = await bens(there)
  await learns(there, role.roleId, ben, cyd)
  await there.does(ben, 'TakeLeave')
  return role
}

export const STEP_IN_REFUSALS: readonly HttpRefusal[] = [
  {
    command: 'StepIn',
    code: 'HOLDER_NOT_ON_LEAVE',
    because: 'Ben is here',
    when: async (there) => {
      const { roleId } = await bens(there)
      await learns(there, roleId, ben, cyd)
      return stepsIn(there, roleId)
    },
  },
  {
    command: 'StepIn',
    code: 'HOLDER_NOT_ON_LEAVE',
    because: "Ben's leave is yet to come",
    when: async (there) => {
      const { roleId } = await bens(there)
      await learns(there, roleId, ben, cyd)
      await there.does(ben, 'TakeLeave', { from: there.day(3) })
      return stepsIn(there, roleId)
    },
  },
  {
    command: 'StepIn',
    code: 'NOT_IN_LINE',
    because: 'Dov does not learn it',
    when: async (there) => stepsIn(there, (await away(there)).roleId, dov),
  },
  {
    command: 'StepIn',
    code: 'STAND_IN_OVERLAPS',
    because: 'whom Ben asked acts for him already',
    when: async (there) => {
      const { roleId, holdingId } = await away(there)
      await standsIn(there, holdingId, ben, dov)
      return stepsIn(there, roleId)
    },
  },
  {
    command: 'StepIn',
    code: 'STEP_IN_NEEDS_PROPOSAL',
    because: 'Cyd has acted for as long as that goes by itself',
    when: async (there) => {
      const { roleId } = await away(there)
      await there.does(cyd, 'StepIn', { roleId })
      await there.later(60)
      return stepsIn(there, roleId)
    },
  },
  {
    command: 'StepIn',
    code: 'NOT_FOUND',
    because: 'there is no such role',
    when: (there) => stepsIn(there, NOWHERE.role),
  },
]
