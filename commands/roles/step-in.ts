import { z } from 'zod'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import {
  ACCOUNTABILITY_PARTNERS_REQUIRED,
  besidesIn,
  partnerReads,
  partnersFor,
} from '../accountability/partner-guard.ts'
import { mandateOf, unknownMandate } from '../agreements/mandates.ts'
import { agreementsSlice } from '../agreements/state.ts'
import { Guards } from '../community/guards.ts'
import { communitySlice, leaveAt } from '../community/state.ts'
import { actingFor, isActedFor } from './acting.ts'
import { SteppedIn } from './holding-events.ts'
import { momentText } from './holding-facts.ts'
import { citedProposal } from './rules.ts'
import { snapshotOf } from './snapshots.ts'
import { STAND_IN_OVERLAPS } from './stand-in.ts'
import { holdingsOf, roleAt, roleExists, rolesSlice } from './state.ts'

const STEP_IN_NEEDS_PROPOSAL =
  'Somebody has stepped in for as long as that goes by itself; it goes on by an adopted proposal.'

export const stepIn = defineCommand({
  name: 'StepIn',
  summary:
    'Acts in a role, by your own act, while its holder is on leave and you are its understudy or co-holder. The seat stays theirs.',
  book: 'open',
  who: 'member',
  backdatable: true,
  schema: z.strictObject({ roleId: idOf('role'), proposalId: citedProposal() }),
  reads: { community: communitySlice, roles: rolesSlice, agreements: agreementsSlice, ...partnerReads },
  http: { method: 'POST', path: '/roles/{roleId}/step-in', location: '/roles/{roleId}', target: 'role:{roleId}' },
  refusals: {
    HOLDER_NOT_ON_LEAVE: 'Nobody who holds the role is on leave then.',
    NOT_IN_LINE: 'Only an understudy or co-holder of the role steps in.',
    STAND_IN_OVERLAPS,
    STEP_IN_NEEDS_PROPOSAL,
    ACCOUNTABILITY_PARTNERS_REQUIRED,
  },
  decide({ community, roles, agreements, ...duties }, { roleId, proposalId }, context) {
    const { actor, now, actedAt: at, mint } = context
    if (!roleExists(roles, roleId)) return refuse('NOT_FOUND', { message: 'There is no such role.' })
    const personId = actor.kind === 'person' ? actor.personId : ''
    const running = holdingsOf(roles, roleId).filter(({ from, to }) => from.earliest <= at && at < to.earliest)
    const inLine = running.find(
      ({ fact }) => fact.personId === personId && (fact.kind === 'understudy' || fact.seat !== undefined),
    )
    if (!inLine) return refuse('NOT_IN_LINE', { message: 'Only an understudy or co-holder of the role steps in.' })
    const away = running.filter(
      ({ fact }) => fact.seat !== undefined && fact.personId !== personId && leaveAt(community, fact.personId, at),
    )
    if (away.length === 0)
      return refuse('HOLDER_NOT_ON_LEAVE', { message: 'Nobody who holds the role is on leave then.' })
    const { actingDays, steppingInAgain } = community.policy.values
    const actsFor = away.find(({ fact }) => !isActedFor(roles, fact.holdingId, at, at + 1))
    if (!actsFor) return refuse('STAND_IN_OVERLAPS', { message: STAND_IN_OVERLAPS })
    const leave = leaveAt(community, actsFor.fact.personId, at)
    const used = actingFor(roles, actsFor.fact.holdingId)
      .filter(({ from }) => leave && from.earliest >= leave.from.earliest && from.earliest < at)
      .reduce((ms, { from, to }) => ms + Math.min(to.earliest, at) - from.earliest, 0)
    const left = actingDays * DAY_MS - used
    const guards = new Guards()
    const mandate = mandateOf(agreements, proposalId, context)
    const refusal =
      (left > 0 || mandate
        ? undefined
        : guards.check(steppingInAgain, () =>
            refuse('STEP_IN_NEEDS_PROPOSAL', { facts: { actingDays }, message: STEP_IN_NEEDS_PROPOSAL }),
          )) ?? unknownMandate(proposalId, mandate)
    if (refusal) return refusal
    const weight = roleAt(roles, roleId, now)?.weight ?? 0
    const share = weight / (1 + besidesIn(roles, roleId, actsFor.fact.seat, at, [actsFor.fact.holdingId]))
    const partners = partnersFor({ roles, ...duties }, guards, { personId, roleId, weight, share }, now)
    if (isRefusal(partners)) return partners
    return [
      SteppedIn.of({
        holdingId: mint('holding'),
        personId,
        roleId,
        circleId: actsFor.fact.circleId,
        onBehalfOf: actsFor.fact.personId,
        forHoldingId: actsFor.fact.holdingId,
        until: momentText(at + (left > 0 ? left : actingDays * DAY_MS)),
        proposalId: mandate?.proposalId,
        snapshot: snapshotOf(community, weight, guards.warnings, partners),
      }),
    ]
  },
  result: firstEventFields('holdingId', 'onBehalfOf', 'until'),
})
