import type { HttpCommunity } from '../support/http-community.ts'
import { aRole, handedOver, learns, takes, takesOver } from '../support/lived-roles.ts'
import { type HttpRefusal, NO_ASK, NO_HOLDING } from './http-refusal.ts'
import { ada, ben, cyd, dov, NOWHERE } from './refusal-case.ts'

type More = Readonly<Record<string, unknown>>

/** A role that Ben holds. */
async function bensRole(there: HttpCommunity, more: More = {}): Promise<string> {
  const roleId = await aRole(there, ada, more)
  await takes(there, roleId, ada, ben)
  return roleId
}

const handsOver = (there: HttpCommunity, roleId: string, more: object = {}, by = ben) =>
  there.sends(by, 'HandOverRole', { roleId, toIds: [cyd], handoverAt: there.day(1), ...more })
const accepts = (there: HttpCommunity, askId: string | undefined, by = cyd) =>
  there.sends(by, 'AcceptHandover', { askId })
const sets = (there: HttpCommunity, changes: object) => there.does(ada, 'AmendPolicy', { changes })

/** Ben's offer to Cyd. */
async function offer(there: HttpCommunity, more: More = {}) {
  const roleId = await bensRole(there, more)
  const [askId] = await handedOver(there, roleId, ben, [cyd], { handoverAt: there.day(5) })
  return { roleId, askId }
}

/** Cyd held a short role and stepped back; then Ben took it. */
async function cydHeldIt(there: HttpCommunity): Promise<string> {
  const roleId = await aRole(there, ada, { termDays: 14 })
  await takes(there, roleId, ada, cyd)
  await there.later(2)
  await there.does(cyd, 'StepBack', { roleId })
  await takes(there, roleId, ada, ben)
  return roleId
}

export const HANDOVER_REFUSALS: readonly HttpRefusal[] = [
  {
    command: 'HandOverRole',
    code: 'NOT_THE_HOLDER',
    because: 'only Ben holds it',
    when: async (there) => handsOver(there, await bensRole(there), {}, ada),
  },
  {
    command: 'HandOverRole',
    code: 'HANDED_OVER',
    because: 'Cyd has said yes already',
    when: async (there) => {
      const roleId = await bensRole(there)
      await takesOver(there, roleId, ben, cyd, there.day(5))
      return handsOver(there, roleId, { toIds: [dov] })
    },
  },
  {
    command: 'HandOverRole',
    code: 'HANDOVER_OUT_OF_TERM',
    because: 'it would be yesterday',
    when: async (there) => handsOver(there, await bensRole(there), { handoverAt: there.day(-1) }),
  },
  {
    command: 'HandOverRole',
    code: 'HANDOVER_OUT_OF_TERM',
    because: 'nobody carries it any longer then',
    when: async (there) => handsOver(there, await bensRole(there), { handoverAt: there.day(300) }),
  },
  {
    command: 'HandOverRole',
    code: 'HANDOVER_OUT_OF_TERM',
    because: 'both would hold it only after the handover',
    when: async (there) => handsOver(there, await bensRole(there), { overlapFrom: there.day(2) }),
  },
  {
    command: 'HandOverRole',
    code: 'HANDOVER_NOTES_REQUIRED',
    because: 'what carries much is not left without a word',
    when: async (there) => handsOver(there, await bensRole(there, { weight: 2 })),
  },
  {
    command: 'HandOverRole',
    code: 'HANDOVER_NOTES_REQUIRED',
    because: 'empty notes are none',
    when: async (there) => handsOver(there, await bensRole(there, { weight: 2 }), { notes: { contacts: [] } }),
  },
  {
    command: 'HandOverRole',
    code: 'HANDOVER_NEEDS_MANDATE',
    because: 'Cyd has not learned what carries much',
    when: async (there) => {
      const roleId = await bensRole(there, { weight: 2 })
      await sets(there, { mandateToHandOver: 'require' })
      return handsOver(there, roleId, { notes: { lessons: 'Salt early.' } })
    },
  },
  {
    command: 'HandOverRole',
    code: 'HANDOVER_NEEDS_MANDATE',
    because: 'Cyd has learned it for a day less than two weeks',
    when: async (there) => {
      const roleId = await bensRole(there, { weight: 2 })
      await sets(there, { mandateToHandOver: 'require' })
      await learns(there, roleId, ben, cyd)
      await there.later(13)
      return handsOver(there, roleId, { notes: { lessons: 'Salt early.' } })
    },
  },
  {
    command: 'HandOverRole',
    code: 'CONSECUTIVE_TERM_LIMIT',
    because: 'Cyd held it so short a time ago that it would be in a row',
    when: async (there) => {
      const roleId = await cydHeldIt(there)
      await sets(there, { maxConsecutiveTerms: 1 })
      return handsOver(there, roleId)
    },
  },
  {
    command: 'HandOverRole',
    code: 'ALREADY_HOLDER',
    because: 'Cyd holds it in another seat',
    when: async (there) => {
      const roleId = await bensRole(there, { seats: 2 })
      await takes(there, roleId, ada, cyd)
      return handsOver(there, roleId)
    },
  },
  {
    command: 'HandOverRole',
    code: 'RESPOND_BY_IN_PAST',
    because: 'nobody can answer by yesterday',
    when: async (there) => handsOver(there, await bensRole(there), { respondBy: there.day(-1) }),
  },
  {
    command: 'HandOverRole',
    code: 'UNKNOWN_REFERENCE',
    because: 'one of those asked is no member',
    when: async (there) => handsOver(there, await bensRole(there), { toIds: [cyd, NOWHERE.person] }),
  },
  {
    command: 'HandOverRole',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such role',
    when: (there) => handsOver(there, NOWHERE.role),
  },
  {
    command: 'AcceptHandover',
    code: 'ASK_CLOSED',
    because: 'Cyd said no',
    when: async (there) => {
      const { askId } = await offer(there)
      await there.does(cyd, 'DeclineAsk', { askId })
      return accepts(there, askId)
    },
  },
  {
    command: 'AcceptHandover',
    code: 'ASK_CLOSED',
    because: 'Ben has stepped back since',
    when: async (there) => {
      const { roleId, askId } = await offer(there)
      await there.later(1)
      await there.does(ben, 'StepBack', { roleId })
      return accepts(there, askId)
    },
  },
  {
    command: 'AcceptHandover',
    code: 'NOT_YOURS_TO_ACCEPT',
    because: 'Ben offers, and Cyd was asked',
    when: async (there) => accepts(there, (await offer(there)).askId, ben),
  },
  {
    command: 'AcceptHandover',
    code: 'NOT_FOUND',
    because: 'Dov is no party of it',
    when: async (there) => accepts(there, (await offer(there)).askId, dov),
  },
  {
    command: 'AcceptHandover',
    code: 'NOT_FOUND',
    because: 'nobody asked that',
    when: (there) => accepts(there, NO_ASK),
  },
  {
    command: 'AcceptHandover',
    code: 'NO_FREE_SEAT',
    because: "Dov's yes came first",
    when: async (there) => {
      const roleId = await bensRole(there)
      const [toCyd, toDov] = await handedOver(there, roleId, ben, [cyd, dov], { handoverAt: there.day(5) })
      await there.does(dov, 'AcceptHandover', { askId: toDov })
      return accepts(there, toCyd)
    },
  },
  {
    command: 'AcceptHandover',
    code: 'NO_FREE_SEAT',
    because: 'somebody has accepted the seat from the end of the term on',
    when: async (there) => {
      const roleId = await aRole(there, ada, { termDays: 14 })
      await takes(there, roleId, ada, ben)
      const [askId] = await handedOver(there, roleId, ben, [cyd], { handoverAt: there.day(5) })
      await takes(there, roleId, ada, dov, { termStart: there.day(14) })
      return accepts(there, askId)
    },
  },
  {
    command: 'AcceptHandover',
    code: 'CONSECUTIVE_TERM_LIMIT',
    because: 'fewer terms in a row are allowed than when it was offered',
    when: async (there) => {
      const roleId = await cydHeldIt(there)
      const [askId] = await handedOver(there, roleId, ben, [cyd], { handoverAt: there.day(5) })
      await sets(there, { maxConsecutiveTerms: 1 })
      return accepts(there, askId)
    },
  },
  {
    command: 'AcceptHandover',
    code: 'ROLE_RETIRED',
    because: 'Ben has stepped back and the role is gone',
    when: async (there) => {
      const { roleId, askId } = await offer(there)
      await there.later(1)
      await there.does(ben, 'StepBack', { roleId })
      await there.does(ada, 'RetireRole', { roleId })
      return accepts(there, askId)
    },
  },
]

/** Ben hands over to Cyd with one step to do. */
async function underWay(there: HttpCommunity): Promise<string> {
  const roleId = await bensRole(there, { handoverSteps: ['Show the pantry.'] })
  return takesOver(there, roleId, ben, cyd, there.day(5))
}

const ticks = (there: HttpCommunity, holdingId: string, step: number, by = cyd) =>
  there.sends(by, 'TickHandoverStep', { holdingId, step })

export const STEP_REFUSALS: readonly HttpRefusal[] = [
  {
    command: 'TickHandoverStep',
    code: 'NOT_IN_HANDOVER',
    because: 'Dov neither gives nor takes it',
    when: async (there) => ticks(there, await underWay(there), 1, dov),
  },
  {
    command: 'TickHandoverStep',
    code: 'ALREADY_DONE',
    because: 'Ben has ticked it',
    when: async (there) => {
      const holdingId = await underWay(there)
      await there.does(ben, 'TickHandoverStep', { holdingId, step: 1 })
      return ticks(there, holdingId, 1)
    },
  },
  {
    command: 'TickHandoverStep',
    code: 'UNKNOWN_STEP',
    because: 'there is one step only',
    when: async (there) => ticks(there, await underWay(there), 2),
  },
  {
    command: 'TickHandoverStep',
    code: 'NOT_FOUND',
    because: 'the holding began without a handover',
    when: async (there) => ticks(there, await takes(there, await aRole(there, ada), ada, cyd), 1),
  },
  {
    command: 'TickHandoverStep',
    code: 'NOT_FOUND',
    because: 'there is no such holding',
    when: (there) => ticks(there, NO_HOLDING, 1),
  },
]
