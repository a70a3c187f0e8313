import { HttpCommunity } from '../support/http-community.ts'
import {
  aRole,
  askedToStandIn,
  handedOver,
  invited,
  learns,
  offered,
  standsIn,
  takes,
  takesOver,
} from '../support/lived-roles.ts'
import { type Hosted, hostingExamples, prepareHosting } from './hosting-house.ts'
import { AT, type House } from './house.ts'
import type { Example } from './operations.ts'

/** Ids of what people of `hearth` have asked each other, hold and learn. */
export interface Lived {
  /** A member who has no part in anything between Ada and Ben. */
  readonly dov: string
  /** Somebody known from an import who has never signed in. */
  readonly old: string
  readonly link: string
  /** A role nobody holds, which Ada asks Ben to take. */
  readonly offeredRoleId: string
  readonly offer: string
  /** A role that Ada holds, and what she asks Ben about it. */
  readonly adasRoleId: string
  readonly adasHoldingId: string
  readonly invitation: string
  readonly handover: string
  readonly standIn: string
  /** A role of Ada's whose term is about to end, with Ben as understudy, who also acts in her place. */
  readonly endingRoleId: string
  readonly understudyHoldingId: string
  readonly actingHoldingId: string
  /** A role of Ben's, who is on leave; Ada learns it. */
  readonly bensRoleId: string
  /** The holding that began as Ben took a role over from Ada. */
  readonly takenOverHoldingId: string
  readonly hosted: Hosted
}

/** Lets Ada, Ben and Dov live: an ask of every kind that waits for Ben's answer, and what came of earlier ones. */
export async function prepareLived(house: House): Promise<Lived> {
  const there = HttpCommunity.at(house.server, 'hearth')
  const [ada, ben] = [house.dweller('ada').id, house.dweller('ben').id]
  const dov = `person_${'d'.repeat(22)}`
  await there.does(dov, 'JoinCommunity', { displayName: 'dov' })
  const row = { memberId: 'old', memberName: 'old', role: 'scribe', circle: 'table', from: '2019', source: 'minutes' }
  await there.does('operator', 'ImportHoldings', { importId: 'attic-box', rows: [row] })
  const old = (await house.send(`${AT}/people?handle=old`)).body.people[0].id
  const offeredRoleId = await aRole(there, ada, { name: 'herald' })
  const adasRoleId = await aRole(there, ada, { name: 'warden' })
  const adasHoldingId = await takes(there, adasRoleId, ada, ada)
  const [handover = ''] = await handedOver(there, adasRoleId, ada, [ben], { handoverAt: there.day(5) })
  const ending = await endingRole(there, ada, ben)
  const bensRoleId = await aRole(there, ada, { name: 'brewer' })
  await takes(there, bensRoleId, ada, ben)
  await learns(there, bensRoleId, ben, ada)
  await there.does(ben, 'TakeLeave')
  const passedRoleId = await aRole(there, ada, { name: 'porter', handoverSteps: ['Show the gate.'] })
  await takes(there, passedRoleId, ada, ada)
  return {
    dov,
    old,
    link: await house.server.linkFor('hearth', old),
    offeredRoleId,
    offer: await offered(there, offeredRoleId, ada, ben),
    adasRoleId,
    adasHoldingId,
    invitation: await invited(there, adasRoleId, ada, ben),
    handover,
    standIn: await askedToStandIn(there, adasHoldingId, ada, ben),
    ...ending,
    bensRoleId,
    takenOverHoldingId: await takesOver(there, passedRoleId, ada, ben, there.day(5)),
    hosted: await prepareHosting(house, dov, adasRoleId),
  }
}

async function endingRole(there: HttpCommunity, ada: string, ben: string) {
  const endingRoleId = await aRole(there, ada, { name: 'gardener' })
  const term = { termStart: there.day(-25), termEnd: there.day(2) }
  const askId = await offered(there, endingRoleId, ada, ada, term)
  const { holdingId = '' } = await there.does(ada, 'AcceptRole', { roleId: endingRoleId, askId }, there.day(-25))
  const understudyHoldingId = await learns(there, endingRoleId, ada, ben)
  return { endingRoleId, understudyHoldingId, actingHoldingId: await standsIn(there, holdingId, ada, ben) }
}

/** A request of every operation on what is lived here, good for whoever of Ada and Ben it is for. */
export function livedExamples(known: Lived, ada: string): Readonly<Record<string, Example>> {
  const { dov } = known
  const about = (askId: string) => ({ path: { askId }, body: {} })
  const yesTo = (askId: string) => ({ body: { askId } })
  return {
    ...hostingExamples(known.hosted, ada, dov),
    AmendPolicy: { body: { changes: { termDays: 100 } } },
    ClaimMyHistory: { body: { link: known.link } },
    MakeSignInLink: { body: { personId: known.old } },
    DeclineAsk: about(known.offer),
    RemindAsk: about(known.offer),
    WithdrawAsk: about(known.offer),
    OfferRole: { body: { roleId: known.offeredRoleId, toId: dov } },
    AcceptRole: { path: { roleId: known.offeredRoleId }, body: { askId: known.offer } },
    InviteUnderstudy: { body: { roleId: known.adasRoleId, toId: dov } },
    AcceptUnderstudy: yesTo(known.invitation),
    EndUnderstudy: { path: { holdingId: known.understudyHoldingId }, body: {} },
    HandOverRole: { body: { roleId: known.adasRoleId, toIds: [dov], handoverAt: '2026-03-20' } },
    AcceptHandover: yesTo(known.handover),
    TickHandoverStep: { path: { holdingId: known.takenOverHoldingId }, body: { step: 1 } },
    StandIn: { body: { holdingId: known.adasHoldingId, toId: dov } },
    AcceptStandIn: yesTo(known.standIn),
    EndStandIn: { path: { holdingId: known.actingHoldingId }, body: {} },
    StepIn: { path: { roleId: known.bensRoleId }, body: {} },
    RenewTerm: { path: { roleId: known.endingRoleId }, body: {} },
    StepBack: { path: { roleId: known.adasRoleId }, body: {} },
    'my-matter': { path: { matter: known.offer } },
    handover: { path: { holding: known.takenOverHoldingId } },
    'sign-in': { body: { link: 'x'.repeat(43) } },
  }
}
