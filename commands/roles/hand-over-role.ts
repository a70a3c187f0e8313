import { z } from 'zod'
import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import { type DecideContext, defineCommand } from '../../src/kernel/define-command.ts'
import { isRefusal, type Refusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, line, momentForm, prose } from '../../src/kernel/text.ts'
import { mandateOf, unknownMandate } from '../agreements/mandates.ts'
import { agreementsSlice } from '../agreements/state.ts'
import { RESPOND_BY_IN_PAST, respondByOf } from '../asks/ask.ts'
import { Guards } from '../community/guards.ts'
import type { Policies } from '../community/policy-table.ts'
import { communitySlice } from '../community/state.ts'
import { RoleHandoverOffered } from './holding-events.ts'
import { momentText } from './holding-facts.ts'
import { NOT_THE_HOLDER, notTheHolder, ownHolding, ownHoldings } from './own-holding.ts'
import { citedProposal } from './rules.ts'
import { holdingsOf, type RolesState, roleAt, roleExists, rolesSlice } from './state.ts'
import { CONSECUTIVE_TERM_LIMIT, tooManyInARow } from './turns.ts'
import { ALREADY_HOLDER } from './understudies.ts'

const HANDOVER_NEEDS_MANDATE =
  'A role that carries so much passes to its understudy or co-holder of some time, or by an adopted proposal.'
const HANDOVER_NOTES_REQUIRED =
  'A role that carries so much is handed over with notes: what is open, accesses, contacts, lessons.'
const HANDOVER_OUT_OF_TERM =
  'A role is handed over from now on and while it is still carried; the overlap comes before.'

const handoverNotes = z.strictObject({
  openCommitments: z.array(line(500)).max(100).default([]),
  accesses: z
    .array(line(500))
    .max(100)
    .default([])
    .meta({ description: 'What there is, and where it is kept; no secrets' }),
  contacts: z.array(line(500)).max(100).default([]),
  lessons: prose().optional(),
})

export const handOverRole = defineCommand({
  name: 'HandOverRole',
  summary:
    'Offers to hand the role you hold over to one or several members, with private notes. The first yes takes it; together, every yes shares it.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({
    roleId: idOf('role'),
    toIds: z.array(idOf('person')).min(1).max(10),
    together: z.boolean().default(false),
    handoverAt: momentForm(),
    overlapFrom: momentForm().optional(),
    notes: handoverNotes.optional(),
    respondBy: momentForm().optional(),
    proposalId: citedProposal(),
  }),
  reads: { community: communitySlice, roles: rolesSlice, agreements: agreementsSlice },
  http: { method: 'POST', path: '/mine/asks/handovers', location: '/mine/asks' },
  refusals: {
    NOT_THE_HOLDER,
    HANDED_OVER: 'You have handed the role over already.',
    HANDOVER_OUT_OF_TERM,
    HANDOVER_NOTES_REQUIRED,
    HANDOVER_NEEDS_MANDATE,
    CONSECUTIVE_TERM_LIMIT,
    ALREADY_HOLDER,
    RESPOND_BY_IN_PAST,
  },
  decide({ community, roles, agreements }, command, context) {
    const { roleId, toIds, together, notes, proposalId } = command
    const { actor, now, mint } = context
    if (!roleExists(roles, roleId)) return unknownReference('/roleId', roleId, 'role')
    const personId = actor.kind === 'person' ? actor.personId : ''
    const holding = ownHolding(roles, roleId, personId, now)
    if (!holding || now < holding.from.earliest) return notTheHolder()
    if (holding.fact.handedOver) return refuse('HANDED_OVER', { message: 'You have handed the role over already.' })
    const policies = community.policy.values
    const dates = datesOf(command, now, holding.to.earliest, policies)
    if (isRefusal(dates)) return dates
    const role = roleAt(roles, roleId, now)
    const weight = role?.weight ?? 0
    const end = dates.at + (role?.definition?.termDays ?? policies.termDays) * DAY_MS
    const guards = new Guards()
    const silent = notes === undefined || Object.values(notes).every((note) => note === undefined || note.length === 0)
    if (weight >= policies.handoverNotesFromWeight && silent) {
      const refusal = guards.check(policies.handoverNotes, () =>
        refuse('HANDOVER_NOTES_REQUIRED', { pointer: '/notes', message: HANDOVER_NOTES_REQUIRED }),
      )
      if (refusal) return refusal
    }
    const respondBy = respondByOf(command.respondBy, now, policies.respondByDays)
    if (isRefusal(respondBy)) return respondBy
    const mandate = mandateOf(agreements, proposalId, context)
    const receivers = [...new Set(toIds)]
    for (const [i, toId] of receivers.entries()) {
      if (!community.members.has(toId)) return unknownReference(`/toIds/${i}`, toId, 'member')
      const refusal =
        holdsAt(roles, roleId, toId, dates.at, i) ??
        guards.check(policies.turns, () => tooManyInARow(roles, roleId, toId, dates.at, end, policies)) ??
        (mandate
          ? undefined
          : guards.check(policies.mandateToHandOver, () => stranger(roles, roleId, toId, weight, context, policies, i)))
      if (refusal) return refusal
    }
    const unknown = unknownMandate(proposalId, mandate)
    if (unknown) return unknown
    return receivers.map((toId) =>
      RoleHandoverOffered.of({
        askId: mint('ask'),
        what: 'handover',
        about: holding.fact.holdingId,
        askedBy: personId,
        askedOf: toId,
        respondBy,
        holdingId: holding.fact.holdingId,
        roleId,
        handoverAt: momentText(dates.at),
        overlapFrom: momentText(dates.overlapFrom),
        together,
        notes: JSON.stringify(notes ?? {}),
        proposalId: mandate?.proposalId,
        snapshot: { policyVersion: community.policy.version, warnings: guards.warnings },
      }),
    )
  },
  result: (events) => ({ askIds: events.map(({ data }) => (data as { askId: string }).askId) }),
})

function datesOf(
  command: { handoverAt: string; overlapFrom?: string | undefined },
  now: number,
  heldUntil: number,
  { handoverOverlapDays }: Policies,
): { at: number; overlapFrom: number } | Refusal {
  const at = dateBounds(command.handoverAt).earliest
  const overlapFrom =
    command.overlapFrom === undefined
      ? Math.min(at, Math.max(now, at - handoverOverlapDays * DAY_MS))
      : dateBounds(command.overlapFrom).earliest
  if (at >= Math.floor(now / DAY_MS) * DAY_MS && at <= heldUntil && overlapFrom <= at) return { at, overlapFrom }
  const facts = { handoverAt: command.handoverAt, heldUntil: momentText(heldUntil) }
  return refuse('HANDOVER_OUT_OF_TERM', { pointer: '/handoverAt', facts, message: HANDOVER_OUT_OF_TERM })
}

// A co-holder of the same seat may take the whole of it; who holds the role beyond the handover in another seat may not.
function holdsAt(roles: RolesState, roleId: string, toId: string, at: number, i: number): Refusal | undefined {
  const holds = ownHoldings(roles, roleId, toId, at).some(({ fact }) => fact.kind === 'holder')
  return holds ? refuse('ALREADY_HOLDER', { pointer: `/toIds/${i}`, message: ALREADY_HOLDER }) : undefined
}

function stranger(
  roles: RolesState,
  roleId: string,
  toId: string,
  weight: number,
  { now }: DecideContext,
  { roleMandateFromWeight, handoverKnownDays }: Policies,
  i: number,
): Refusal | undefined {
  if (weight < roleMandateFromWeight) return undefined
  const since = now - handoverKnownDays * DAY_MS
  const known = holdingsOf(roles, roleId).some(
    ({ fact, from, to }) =>
      fact.personId === toId &&
      (fact.kind === 'understudy' || fact.kind === 'co-holder') &&
      from.earliest <= since &&
      now < to.earliest,
  )
  const facts = { weight, from: roleMandateFromWeight, handoverKnownDays }
  return known
    ? undefined
    : refuse('HANDOVER_NEEDS_MANDATE', { pointer: `/toIds/${i}`, facts, message: HANDOVER_NEEDS_MANDATE })
}
